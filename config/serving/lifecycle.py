"""Starts the hub once a server's event loop runs, and drains it before the server stops."""

from __future__ import annotations

import asyncio
import logging
import random

from rooms import protocol
from rooms.realtime.hub import Hub
from rooms.realtime.metrics_export import HubMetrics
from rooms.realtime.runtime import install
from rooms.runtime import metrics
from rooms.runtime.executors import seat_executor
from rooms.services import seats

log = logging.getLogger("lanai.server")

DRAIN_SECONDS = 5.0
# Pages reconnect spread over time: fewer than 200 a second, which a process seats with room to spare, and well before
# any seat expires.
RETURNS_PER_SECOND = 150
RETURN_SECONDS = (0.3, 2.0, 10.0)  # the earliest; the latest with few pages; the latest with many


def start_hub() -> Hub:
    """Create, install and start the process's hub on the running event loop."""
    hub = Hub()
    install(hub)
    hub.start()
    metrics.registry.register(HubMetrics(hub))
    hub.tasks.spawn(metrics.measure_loop_lag(), lasting=True)
    return hub


async def drain(hub: Hub) -> None:
    """Tell every page when to reconnect (RFC 6455 section 7.4.1, code 1012), and store that their seats are waiting.

    Takes at most DRAIN_SECONDS, and never raises.
    """
    hub.draining = True
    sockets = list(hub.sockets)
    log.info("stopping: %s sockets are told to come back", len(sockets))
    soonest, few, most = RETURN_SECONDS
    latest = min(most, max(few, len(sockets) / RETURNS_PER_SECOND))
    for socket in sockets:
        wait = random.uniform(soonest, latest)  # noqa: S311 - spreads the reconnects, guards nothing
        socket.close_with(protocol.bye("restarting", retry_in=round(wait, 2)))
    try:
        async with asyncio.timeout(DRAIN_SECONDS):
            await hub.tasks.settle()
            await seat_executor.run(seats.release_all, hub.process_id)
    except Exception as problem:  # noqa: BLE001 - nothing may keep the process from stopping
        log.warning("stopped before everything was written: %s", type(problem).__name__)
