import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")
http = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from django.urls import path  # noqa: E402

from notifications.access import TokenMiddleware  # noqa: E402
from notifications.consumers import NotificationConsumer  # noqa: E402

websocket = TokenMiddleware(URLRouter([path("ws/notifications/", NotificationConsumer.as_asgi())]))
application = ProtocolTypeRouter({"http": http, "websocket": websocket})
