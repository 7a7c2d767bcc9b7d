from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.conf import settings

from .models import Enrollment


@database_sync_to_async
def courses_of(user):
    return list(Enrollment.objects.filter(student=user).values_list("course_id", flat=True))


class NotificationConsumer(AsyncJsonWebsocketConsumer):
    joined = ()

    async def connect(self):
        user = self.scope["user"]
        if user is None:
            await self.close(code=4401)
            return
        self.joined = [f"user_{user.pk}"]
        if settings.TUNED:
            self.joined += [f"course_{course}" for course in await courses_of(user)]
        for group in self.joined:
            await self.channel_layer.group_add(group, self.channel_name)
        await self.accept()

    async def disconnect(self, code):
        for group in self.joined:
            await self.channel_layer.group_discard(group, self.channel_name)

    async def notification_message(self, event):
        await self.send_json({"type": "notification", "notification": event["notification"]})

    async def notification_text(self, event):
        """The same, written as JSON once for all receivers."""
        await self.send(text_data=event["text"])
