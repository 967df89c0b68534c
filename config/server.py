"""Daphne, set up for meetings: message limits, pings, a listen backlog, and a goodbye before it stops."""

from __future__ import annotations

import asyncio
import logging
import random
import signal
from pathlib import Path
from typing import Any

from daphne.server import Server
from twisted.internet import reactor as _reactor

from rooms import protocol, seats
from rooms.desk import seat_desk
from rooms.hub import Hub, install

log = logging.getLogger("lanai.server")
reactor: Any = _reactor

BACKLOG = 2048
# Above the app's own limit, so that the app can answer a frame that is too large.
MAX_MESSAGE_BYTES = 2 * protocol.FRAME_BYTES
PING_SECONDS = 15
DRAIN_SECONDS = 5.0
RETURN_SPREAD_SECONDS = 2.0


def endpoint(host: str, port: int, certificate: Path | None = None, key: Path | None = None) -> str:
    """A Twisted endpoint description; ``:`` of IPv6 addresses is escaped."""
    where = f"{port}:interface={host.replace(':', chr(92) + ':')}:backlog={BACKLOG}"
    if certificate and key:
        return f"ssl:{where}:privateKey={key}:certKey={certificate}"
    return f"tcp:{where}"


class MeetingServer(Server):
    """Tells every page when to come back before it stops (RFC 6455 section 7.4.1, 1012)."""

    hub: Hub | None = None

    def listen_success(self, port: Any) -> None:
        super().listen_success(port)
        if self.hub is None:
            asyncio.get_event_loop().call_soon(self._start_hub)

    def _start_hub(self) -> None:
        self.hub = Hub()
        install(self.hub)
        self.hub.start()

    def listen_error(self, failure: Any) -> None:
        log.critical("cannot listen: %s", failure.getErrorMessage())
        super().listen_error(failure)

    def trap_signals(self) -> None:
        loop = asyncio.get_event_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._begin_drain)

    def _begin_drain(self) -> None:
        if self.hub is None or self.hub.draining:
            reactor.stop()
            return
        self.hub.draining = True
        self._draining = asyncio.get_event_loop().create_task(self._drain(self.hub))

    async def _drain(self, hub: Hub) -> None:
        log.info("stopping: %s sockets are told to come back", len(hub.sweep.sockets))
        for listener in self.listeners:
            listener.addCallback(lambda port: port.stopListening())
        for socket in list(hub.sweep.sockets):
            wait = random.uniform(0.3, RETURN_SPREAD_SECONDS)  # noqa: S311 - spreads the return, guards nothing
            socket.dismiss(protocol.bye("restarting", retry_in=round(wait, 2)))
        try:
            async with asyncio.timeout(DRAIN_SECONDS):
                await hub.settle()
                await seat_desk.run(seats.put_down, hub.boot)
        except Exception as problem:  # noqa: BLE001 - nothing may keep the process from stopping
            log.warning("stopped before everything was written: %s", type(problem).__name__)
        reactor.stop()


def serve(application: Any, description: str) -> None:
    """Serve until SIGTERM or SIGINT."""
    server = MeetingServer(
        application,
        endpoints=[description],
        signal_handlers=False,
        websocket_timeout=-1,
        websocket_max_message_size=MAX_MESSAGE_BYTES,
        websocket_max_frame_size=MAX_MESSAGE_BYTES,
        ping_interval=PING_SECONDS,
        ping_timeout=PING_SECONDS,
        verbosity=1,
        server_name="lanai",
    )
    reactor.callWhenRunning(server.trap_signals)
    server.run()
