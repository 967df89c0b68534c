"""The two WebSocket paths, behind the check of the Origin header."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from channels.routing import URLRouter
from channels.security.websocket import OriginValidator
from django.conf import settings
from django.urls import path, re_path

from rooms.realtime.consumers import LiveSocket, RoomSocket


async def reject_unknown_path(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Refuse a path that has no socket. Without this, URLRouter raises and a traceback is logged."""
    await receive()
    await send({"type": "websocket.close"})


def _is_url(text: str) -> bool:
    try:
        urlsplit(text)
    except ValueError:  # http://[::1
        return False
    return True


class SiteOriginValidator(OriginValidator):
    """Checks the Origin header with its scheme and port: another service on the same host is another origin."""

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        origins = [value.decode("latin1") for name, value in scope["headers"] if name == b"origin"]
        await (super().__call__ if all(map(_is_url, origins)) else reject_unknown_path)(scope, receive, send)

    def valid_origin(self, parsed_origin: Any) -> bool:
        try:
            return bool(super().valid_origin(parsed_origin))
        except ValueError:  # urlparse raises for a port out of range only once the port is read
            return False


websocket_application = SiteOriginValidator(
    URLRouter(
        [
            path("ws/r/<slug:slug>/", RoomSocket.as_asgi()),
            path("ws/live/", LiveSocket.as_asgi()),
            re_path("", reject_unknown_path),  # type: ignore[arg-type]  # the stubs know views only
        ]
    ),
    settings.SITE_ORIGINS,
)
