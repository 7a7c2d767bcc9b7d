from django.conf import settings
from django.shortcuts import get_object_or_404
from rest_framework import generics, status
from rest_framework.response import Response
from rest_framework.views import APIView

from .models import Course
from .sending import notify_course, notify_each
from .serializers import AnnouncementSerializer, NotificationSerializer


class NotifyStudents(APIView):
    def post(self, request, course_id):
        course = get_object_or_404(Course, pk=course_id, instructor=request.user)
        content = AnnouncementSerializer(data=request.data)
        content.is_valid(raise_exception=True)
        notify = notify_course if settings.TUNED else notify_each
        recipients = notify(course, request.user, **content.validated_data)
        return Response({"course": course.pk, "recipients": recipients}, status=status.HTTP_201_CREATED)


class NotificationList(generics.ListAPIView):
    serializer_class = NotificationSerializer

    def get_queryset(self):
        return self.request.user.notifications.all()


class UnreadCount(APIView):
    def get(self, request):
        return Response({"unread_count": request.user.notifications.filter(is_read=False).count()})
