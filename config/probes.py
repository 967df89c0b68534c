"""The paths for monitoring: `/healthz`, `/readyz` and `/metrics`.

They are answered before Django, which runs all views in one thread, so that a slow view does not look like a dead
process.
"""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from config.ground.addresses import address_of_scope, is_within
from config.readiness import Readiness
from rooms.runtime.metrics import registry

Response = tuple[int, str, bytes]  # status, content type, body

JSON = "application/json"


class ProbeMiddleware:
    """ASGI middleware that answers the monitoring paths and passes all other requests to ``application``."""

    def __init__(self, application: Any) -> None:
        self._application = application
        self._readiness = Readiness()
        self._paths = {"/healthz": self._healthz, "/readyz": self._readyz, "/metrics": self._metrics}

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        probe = self._paths.get(scope["path"])
        if probe is None or scope["method"] not in ("GET", "HEAD"):
            await self._application(scope, receive, send)
            return
        status, content_type, body = await probe(scope)
        content = [(b"content-type", content_type.encode()), (b"content-length", str(len(body)).encode())]
        headers = [*content, (b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})

    async def _healthz(self, scope: dict[str, Any]) -> Response:
        return 200, JSON, b'{"alive": true}'

    async def _readyz(self, scope: dict[str, Any]) -> Response:
        """Return 200 if all checks pass, else 503; the body has the result of each."""
        results = await self._readiness.check()
        return 200 if all(results.values()) else 503, JSON, json.dumps(results).encode()

    async def _metrics(self, scope: dict[str, Any]) -> Response:
        if not _may_read_metrics(scope):
            return 404, "text/plain", b"Not found\n"
        return 200, CONTENT_TYPE_LATEST, generate_latest(registry)


def _may_read_metrics(scope: dict[str, Any]) -> bool:
    """Return whether a client connects directly from a network of LANAI_METRICS_FROM. Proxied requests are external."""
    if any(name in (b"x-forwarded-for", b"forwarded") for name, _ in scope["headers"]):
        return False
    return is_within(address_of_scope(scope), settings.LANAI_METRICS_FROM)
