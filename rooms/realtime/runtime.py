"""The hub of the running event loop."""

from __future__ import annotations

import asyncio

from rooms.realtime.hub import Hub

_hubs: dict[asyncio.AbstractEventLoop, Hub] = {}


def current_hub() -> Hub:
    """Return the hub of the running event loop; it is started when first asked for."""
    loop = asyncio.get_running_loop()
    hub = _hubs.get(loop)
    if hub is None:
        hub = _hubs[loop] = Hub()
        hub.start()
    return hub


def install(hub: Hub) -> None:
    """Make ``hub`` that of its event loop."""
    _hubs[hub.loop] = hub


async def remove() -> None:
    """Stop and forget the hub of the running event loop."""
    if hub := _hubs.pop(asyncio.get_running_loop(), None):
        await hub.stop()
