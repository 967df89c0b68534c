"""The ASGI application: probes and pages over HTTP, and WebSockets."""

from __future__ import annotations

import os

from channels.routing import ProtocolTypeRouter
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
_pages = get_asgi_application()

from config.probes import ProbeMiddleware  # noqa: E402 - needs the apps loaded
from config.request_limits import RequestLimits  # noqa: E402
from config.routing import websocket_application  # noqa: E402

application = RequestLimits(ProtocolTypeRouter({"http": ProbeMiddleware(_pages), "websocket": websocket_application}))
