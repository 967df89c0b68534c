from __future__ import annotations

from channels.routing import URLRouter
from channels.security.websocket import OriginValidator
from django.conf import settings
from django.urls import path

from rooms.consumers import LiveSocket, RoomSocket

# The origin is checked with scheme and port: a page of another service on this host is another origin.
websocket_application = OriginValidator(
    URLRouter(
        [
            path("ws/r/<slug:slug>/", RoomSocket.as_asgi()),
            path("ws/live/", LiveSocket.as_asgi()),
        ]
    ),
    settings.SITE_ORIGINS,
)
