"""Daphne, configured for meetings: message limits, pings, a listen backlog, and a bye to every page before it stops."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from daphne.server import Server  # isort: skip - before everything of Twisted: it chooses the event loop
from twisted.internet import reactor as _reactor

from config.serving.daphne_channel import LimitedChannel
from config.serving.daphne_sockets import MeetingWebSocket
from config.serving.lifecycle import drain, start_hub
from config.serving.listen import (
    BACKLOG,
    CLOSE_SECONDS,
    MAX_MESSAGE_BYTES,
    PING_SECONDS,
    REQUEST_SECONDS,
    STOP_SIGNALS,
    ListenAddress,
)
from rooms.realtime.hub import Hub

log = logging.getLogger("lanai.server")
reactor: Any = _reactor

SOCKET = "lanai.socket"


def endpoint(address: ListenAddress) -> str:
    """A Twisted endpoint description; ``:`` of IPv6 addresses is escaped."""
    where = f"{address.port}:interface={address.host.replace(':', chr(92) + ':')}:backlog={BACKLOG}"
    if address.certificate and address.key:
        return f"ssl:{where}:privateKey={address.key}:certKey={address.certificate}"
    return f"tcp:{where}"


class MeetingServer(Server):
    """Daphne's server with flow control for WebSockets and a graceful stop."""

    hub: Hub
    _stopping: asyncio.Task[None] | None = None

    def __init__(self, application: Any, **options: Any) -> None:
        super().__init__(_with_flow_control(application), ready_callable=self._prepare, **options)
        self._ports: list[Any] = []

    def create_application(self, protocol: Any, scope: dict[str, Any]) -> Any:
        if isinstance(protocol, MeetingWebSocket):
            scope[SOCKET] = protocol
        return super().create_application(protocol, scope)

    def listen_success(self, port: Any) -> None:
        super().listen_success(port)
        self._ports.append(port)

    def listen_error(self, failure: Any) -> None:
        log.critical("cannot listen: %s", failure.getErrorMessage())
        super().listen_error(failure)

    def _prepare(self) -> None:
        """Set up the factories: Daphne has made them by now, and reads nothing before the reactor runs."""
        http_factory: Any = self.http_factory
        http_factory.protocol = LimitedChannel
        http_factory.timeOut = REQUEST_SECONDS
        self.ws_factory.protocol = MeetingWebSocket
        # Left out, allowNullOrigin would go back to autobahn's default.
        self.ws_factory.setProtocolOptions(allowNullOrigin=True, closeHandshakeTimeout=CLOSE_SECONDS)
        reactor.callLater(0, self._start)  # callWhenRunning would come before there is a running event loop

    def _start(self) -> None:
        self.hub = start_hub()
        for number in STOP_SIGNALS:
            self.hub.loop.add_signal_handler(number, self._begin_to_stop)

    def _begin_to_stop(self) -> None:
        if self._stopping is None:
            self._stopping = self.hub.loop.create_task(self._stop())
        else:  # a second signal: stop at once
            reactor.stop()

    async def _stop(self) -> None:
        for port in self._ports:
            port.stopListening()
        await drain(self.hub)
        reactor.stop()


def _with_flow_control(application: Any) -> Any:
    async def serve(scope: dict[str, Any], receive: Any, send: Any) -> None:
        socket: MeetingWebSocket | None = scope.pop(SOCKET, None)
        if socket is not None:
            receive, send = socket.receiver(receive), socket.sender(send)
        await application(scope, receive, send)

    return serve


def run(application: Any, address: ListenAddress) -> None:
    """Serve until SIGTERM or SIGINT."""
    server = MeetingServer(
        application,
        endpoints=[endpoint(address)],
        signal_handlers=False,
        websocket_timeout=-1,
        websocket_max_message_size=MAX_MESSAGE_BYTES,
        websocket_max_frame_size=MAX_MESSAGE_BYTES,
        ping_interval=PING_SECONDS,
        ping_timeout=PING_SECONDS,
        verbosity=1,
        server_name="lanai",
    )
    server.run()
