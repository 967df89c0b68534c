"""Daphne, set up for meetings: message limits, pings, a listen backlog, and a goodbye before it stops."""

from __future__ import annotations

import asyncio
import logging
import random
import signal
from pathlib import Path
from typing import Any

from daphne.server import Server
from daphne.ws_protocol import WebSocketFactory, WebSocketProtocol
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


class MeetingWebSocket(WebSocketProtocol):
    """Closes with any code of RFC 6455 section 7.4; autobahn's public call refuses 1012 and 1013."""

    def serverClose(self, code: int | None = None) -> None:
        self.sendCloseFrame(code=1000 if code is None else code)


class MeetingServer(Server):
    """Tells every page when to come back before it stops (RFC 6455 section 7.4.1, 1012)."""

    hub: Hub

    def begin(self) -> None:
        """Once the event loop runs: hold seats, and be ready to be told to stop."""
        self.hub = Hub()
        install(self.hub)
        self.hub.start()
        for number in (signal.SIGTERM, signal.SIGINT):
            self.hub.loop.add_signal_handler(number, self._begin_drain, self.hub)

    def listen_error(self, failure: Any) -> None:
        log.critical("cannot listen: %s", failure.getErrorMessage())
        super().listen_error(failure)

    def _begin_drain(self, hub: Hub) -> None:
        if hub.draining:
            reactor.stop()
            return
        hub.draining = True
        self._draining = hub.loop.create_task(self._drain(hub))

    async def _drain(self, hub: Hub) -> None:
        log.info("stopping: %s sockets are told to come back", len(hub.sweep.sockets))
        for listener in self.listeners:
            listener.addCallback(_stop_listening)
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


def _stop_listening(port: Any) -> Any:
    port.stopListening()
    return port


def serve(application: Any, description: str) -> None:
    """Serve until SIGTERM or SIGINT."""
    WebSocketFactory.protocol = MeetingWebSocket
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
    # callWhenRunning would come before there is a running event loop.
    reactor.callLater(0, server.begin)
    server.run()
