"""Daphne, set up for meetings: message limits, pings, a listen backlog, and a goodbye before it stops."""

from __future__ import annotations

import asyncio
import logging
from importlib import import_module
from typing import Any

import daphne.server  # before everything of Twisted: it chooses the event loop
from daphne.http_protocol import HTTPFactory
from daphne.server import Server
from daphne.ws_protocol import WebSocketFactory
from twisted.internet import reactor as _reactor
from twisted.web.http import HTTPChannel

from config.serving.daphne_sockets import MeetingWebSocket
from config.serving.lifecycle import drain, start_hub
from config.serving.listen import BACKLOG, MAX_MESSAGE_BYTES, PING_SECONDS, REQUEST_SECONDS, STOP_SIGNALS, ListenAddress
from rooms.realtime.hub import Hub

log = logging.getLogger("lanai.server")
reactor: Any = _reactor


def endpoint(address: ListenAddress) -> str:
    """A Twisted endpoint description; ``:`` of IPv6 addresses is escaped."""
    where = f"{address.port}:interface={address.host.replace(':', chr(92) + ':')}:backlog={BACKLOG}"
    if address.certificate and address.key:
        return f"ssl:{where}:privateKey={address.key}:certKey={address.certificate}"
    return f"tcp:{where}"


class RequestChannel(HTTPChannel):
    """The time for a request runs from its start, not from its last letter."""

    def resetTimeout(self) -> None:
        pass


class RequestFactory(HTTPFactory):
    protocol: Any = RequestChannel

    def __init__(self, server: Server) -> None:
        super().__init__(server)
        self.timeOut = REQUEST_SECONDS


class MeetingServer(Server):
    """Says goodbye before it stops."""

    hub: Hub
    _stopping: asyncio.Task[None] | None = None

    def begin(self) -> None:
        self.hub = start_hub()
        for number in STOP_SIGNALS:
            self.hub.loop.add_signal_handler(number, self._begin_to_stop)

    def create_application(self, protocol: Any, scope: dict[str, Any]) -> Any:
        if not isinstance(protocol, MeetingWebSocket):
            return super().create_application(protocol, scope)
        scope["asgi"] = {"version": "3.0"}
        inbox = protocol.new_inbox()
        life = self.application(scope, inbox.get, protocol.reply)
        self.connections[protocol]["application_instance"] = asyncio.ensure_future(life)
        return inbox

    def listen_error(self, failure: Any) -> None:
        log.critical("cannot listen: %s", failure.getErrorMessage())
        super().listen_error(failure)

    def _begin_to_stop(self) -> None:
        if self._stopping is None:
            self._stopping = self.hub.loop.create_task(self._stop())
        else:  # told twice: at once
            reactor.stop()

    async def _stop(self) -> None:
        for listener in self.listeners:
            listener.addCallback(_stop_listening)
        await drain(self.hub)
        reactor.stop()


def _stop_listening(port: Any) -> Any:
    port.stopListening()
    return port


def run(application: Any, address: ListenAddress) -> None:
    # Daphne's server makes its factories itself, and by these names.
    WebSocketFactory.protocol = MeetingWebSocket
    daphne_names: Any = daphne.server
    daphne_names.HTTPFactory = RequestFactory
    # For a line of the debug log that nobody reads, autobahn writes out all settings of every new socket.
    autobahn_names: Any = import_module("autobahn.websocket.protocol")
    autobahn_names.pformat = lambda settings: "left out"
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
    # callWhenRunning would come before there is a running event loop.
    reactor.callLater(0, server.begin)
    server.run()
