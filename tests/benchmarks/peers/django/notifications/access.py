"""SimpleJWT's access tokens: in the header of a request, in the query of a socket."""

from urllib.parse import parse_qs

import jwt
from channels.db import database_sync_to_async
from django.conf import settings
from django.contrib.auth import get_user_model
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed


def user_of(token):
    claims = jwt.decode(token, settings.SECRET_KEY, algorithms=["HS256"], options={"require": ["exp"]})
    return get_user_model().objects.get(pk=claims["user_id"], is_active=True)


class TokenAuthentication(BaseAuthentication):
    def authenticate(self, request):
        kind, _, token = get_authorization_header(request).decode().partition(" ")
        if kind != "Bearer":
            return None
        try:
            return user_of(token), token
        except (jwt.PyJWTError, get_user_model().DoesNotExist) as e:
            raise AuthenticationFailed() from e

    def authenticate_header(self, request):
        return "Bearer"


class TokenMiddleware:
    def __init__(self, application):
        self.application = application

    async def __call__(self, scope, receive, send):
        token = parse_qs(scope["query_string"].decode()).get("token", [""])[0]
        try:
            user = await database_sync_to_async(user_of)(token)
        except (jwt.PyJWTError, get_user_model().DoesNotExist):
            user = None
        return await self.application({**scope, "user": user}, receive, send)
