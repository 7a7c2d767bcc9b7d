from django.urls import path

from notifications import views

urlpatterns = [
    path("api/courses/<int:course_id>/notify-students/", views.NotifyStudents.as_view()),
    path("api/notifications/", views.NotificationList.as_view()),
    path("api/notifications/unread_count/", views.UnreadCount.as_view()),
]
