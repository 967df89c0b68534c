"""uvicorn's HTTP and WebSocket protocols with a deadline for requests, flow control, and a limit on frames.

Of uvicorn's classes only the methods of ``asyncio.Protocol`` are overridden; the rest is done by wrapping the transport
they are given and the application they call (config/tests/test_serving.py holds it to that).
"""

from __future__ import annotations

import asyncio
from contextvars import ContextVar
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from config.serving.frames import FrameScanner
from config.serving.idle_connections import idle_connections
from config.serving.listen import REQUEST_SECONDS, FloodDetector
from config.serving.open_connections import open_connections
from config.serving.uvicorn_transport import FlowControlledTransport


class RequestDeadline:
    """Ends a connection on which no whole request head arrives within REQUEST_SECONDS, or sooner when too many wait."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._idle = idle_connections()
        self.address = str((transport.get_extra_info("peername") or ("",))[0])
        self._requests = 0
        self._timer: asyncio.TimerHandle | None = None

    def start(self) -> None:
        if not self._transport.is_closing():
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(REQUEST_SECONDS, self._transport.abort)
            self._idle.add(self, self.address, self._transport.abort)

    def stop(self) -> None:
        self._idle.discard(self)
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def request_began(self) -> None:
        self._requests += 1
        self.stop()

    def request_ended(self) -> None:
        """A pipelined request may have begun before this one ended."""
        self._requests -= 1
        if not self._requests:
            self.start()


# uvicorn makes the application's task while it handles what was received, and a task inherits the context.
_deadline: ContextVar[RequestDeadline] = ContextVar("_deadline")


def with_deadlines(application: Any) -> Any:
    """An ASGI application that tells the deadline of its connection when a request begins and ends."""

    async def serve(scope: Any, receive: Any, send: Any) -> None:
        deadline = _deadline.get()
        deadline.request_began()
        try:
            await application(scope, receive, send)
        finally:
            if scope["type"] == "http":
                deadline.request_ended()

    return serve


class RequestProtocol(H11Protocol):
    """uvicorn's HTTP protocol with a deadline for each request, the first and those that follow."""

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._request_deadline = RequestDeadline(transport)
        open_connections().add(transport, self._request_deadline.address, transport.abort)
        self._request_deadline.start()

    def data_received(self, data: bytes) -> None:
        _deadline.set(self._request_deadline)
        super().data_received(data)

    def connection_lost(self, exc: Exception | None) -> None:
        self._request_deadline.stop()
        open_connections().discard(self.transport)
        super().connection_lost(exc)


class MeetingWebSocket(WebSocketsSansIOProtocol):
    """uvicorn's WebSocket protocol with flow control and a limit on frames."""

    _flow: FlowControlledTransport
    _scanner: FrameScanner | None = None

    def connection_made(self, transport: Any) -> None:
        self._counted = transport
        self._flow = FlowControlledTransport(transport)
        self._flood = FloodDetector()
        super().connection_made(self._flow)  # type: ignore[arg-type]

    def data_received(self, data: bytes) -> None:
        if self._scanner is None:  # the request to upgrade, whole and alone; frames follow
            self._scanner = FrameScanner()
        elif self._flood.is_flood(self._scanner.count(data)):
            self._flow.abort()
            return
        super().data_received(data)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._flow.filled()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._flow.drained()

    def connection_lost(self, exc: Exception | None) -> None:
        self._flow.lost()
        open_connections().discard(self._counted)
        super().connection_lost(exc)
