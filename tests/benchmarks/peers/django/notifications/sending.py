from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction
from django.utils.timezone import now
from rest_framework.renderers import JSONRenderer

from .models import Notification
from .serializers import NotificationSerializer


def send_notification(sender_id, receiver_id, notification_type, title, message, data):
    """Stores it and sends it to the receiver's sockets."""
    notification = Notification.objects.create(
        sender_id=sender_id,
        receiver_id=receiver_id,
        notification_type=notification_type,
        title=title,
        message=message,
        data=data,
    )
    async_to_sync(get_channel_layer().group_send)(
        f"user_{receiver_id}",
        {"type": "notification.message", "notification": NotificationSerializer(notification).data},
    )


def notify_each(course, sender, **content):
    """As it was written: a row and a message for each student, one after the other."""
    students = course.enrollment_set.values_list("student_id", flat=True)
    for student in students:
        send_notification(sender.pk, student, data={"course_id": course.pk}, **content)
    return len(students)


def notify_course(course, sender, **content):
    """The tuned form: all rows in few statements, then one message to the course's group."""
    students = course.enrollment_set.values_list("student_id", flat=True)
    shared = {"sender_id": sender.pk, "data": {"course_id": course.pk}, **content}
    with transaction.atomic():
        Notification.objects.bulk_create(
            [Notification(receiver_id=student, **shared) for student in students], batch_size=1000
        )
    shown = NotificationSerializer(Notification(created_at=now(), **shared)).data
    text = JSONRenderer().render({"type": "notification", "notification": shown}).decode()
    async_to_sync(get_channel_layer().group_send)(f"course_{course.pk}", {"type": "notification.text", "text": text})
    return len(students)
