from rest_framework import serializers

from .models import Notification


class NotificationSerializer(serializers.ModelSerializer):
    class Meta:
        model = Notification
        fields = ["id", "sender", "receiver", "notification_type", "title", "message", "data", "is_read", "created_at"]


class AnnouncementSerializer(serializers.Serializer):
    notification_type = serializers.CharField(max_length=50, default="course_update")
    title = serializers.CharField(max_length=255, default="")
    message = serializers.CharField()
