"""What machines ask: `/healthz`, `/readyz` and `/metrics`.

They are answered before Django, which runs all views in one thread: a slow view must not look like a dead process.
"""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from config.ground.addresses import address_of_scope, is_within
from config.health import Readiness
from rooms.runtime.metrics import registry

Answer = tuple[int, str, bytes]

JSON = "application/json"


class Probes:
    """Answers the paths of probes, and leaves the others to ``application``."""

    def __init__(self, application: Any) -> None:
        self._application = application
        self._readiness = Readiness()
        self._paths = {"/healthz": self._healthz, "/readyz": self._readyz, "/metrics": self._metrics}

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        probe = self._paths.get(scope["path"])
        if probe is None or scope["method"] not in ("GET", "HEAD"):
            await self._application(scope, receive, send)
            return
        status, kind, body = await probe(scope)
        sizes = [(b"content-type", kind.encode()), (b"content-length", str(len(body)).encode())]
        headers = [*sizes, (b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})

    async def _healthz(self, scope: dict[str, Any]) -> Answer:
        return 200, JSON, b'{"alive": true}'

    async def _readyz(self, scope: dict[str, Any]) -> Answer:
        """200 when all parts are there, else 503 with which is not."""
        parts = await self._readiness.parts()
        return 200 if all(parts.values()) else 503, JSON, json.dumps(parts).encode()

    async def _metrics(self, scope: dict[str, Any]) -> Answer:
        if not _may_read_metrics(scope):
            return 404, "text/plain", b"Not found\n"
        return 200, CONTENT_TYPE_LATEST, generate_latest(registry)


def _may_read_metrics(scope: dict[str, Any]) -> bool:
    """Only who comes straight from a named network: whatever a proxy passes on is from outside."""
    if any(name in (b"x-forwarded-for", b"forwarded") for name, _ in scope["headers"]):
        return False
    return is_within(address_of_scope(scope), settings.LANAI_METRICS_FROM)
