from __future__ import annotations

from typing import Any

from channels.routing import URLRouter
from channels.security.websocket import OriginValidator
from django.conf import settings
from django.urls import path, re_path

from rooms.realtime.consumers import LiveSocket, RoomSocket


async def nowhere(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """A path without a socket: refused, and not worth a traceback in the log."""
    await receive()
    await send({"type": "websocket.close"})


class SiteOriginValidator(OriginValidator):
    """Checks the origin with scheme and port: a page of another service on this host is another origin."""

    def valid_origin(self, parsed_origin: Any) -> bool:
        try:
            return bool(super().valid_origin(parsed_origin))
        except ValueError:  # a port out of range is only found when it is asked for
            return False


websocket_application = SiteOriginValidator(
    URLRouter(
        [
            path("ws/r/<slug:slug>/", RoomSocket.as_asgi()),
            path("ws/live/", LiveSocket.as_asgi()),
            re_path("", nowhere),  # type: ignore[arg-type]  # the stubs know views only
        ]
    ),
    settings.SITE_ORIGINS,
)
