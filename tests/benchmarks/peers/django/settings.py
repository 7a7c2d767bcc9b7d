import os

SECRET_KEY = os.environ["BELFRY_BENCH_SECRET"]
# naive: as it was written. tuned: what Django and Channels have for many recipients.
TUNED = os.environ["BELFRY_BENCH_FORM"] == "tuned"

ALLOWED_HOSTS = ["127.0.0.1"]
USE_TZ = True
TIME_ZONE = "UTC"
ROOT_URLCONF = "urls"
ASGI_APPLICATION = "asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "rest_framework",
    "channels",
    "notifications",
]
# The tables are made from the models as they are now.
MIGRATION_MODULES = {"auth": None, "contenttypes": None}
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["notifications.access.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "PAGE_SIZE": 20,
}

_host, _, _port = os.environ["BELFRY_BENCH_POSTGRES"].partition(":")
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": _host,
        "PORT": _port,
        "USER": "belfry",
        "NAME": os.environ["BELFRY_BENCH_DATABASE"],
        "CONN_MAX_AGE": None,
        # A schema of its own: each start makes it anew.
        "OPTIONS": {"options": "-c search_path=earlier_system"},
    }
}

CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer" if TUNED else "channels_redis.core.RedisChannelLayer",
        "CONFIG": {"hosts": ["redis://" + os.environ["BELFRY_BENCH_REDIS"]], "prefix": "asgi" + SECRET_KEY[:8]},
    }
}
