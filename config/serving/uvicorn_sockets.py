"""Where uvicorn would wait for ever: for a request that never ends, and for somebody who never reads."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from config.serving.listen import CLOSE_SECONDS, REQUEST_SECONDS, UNREAD_SECONDS, FloodDetector

# A read may bring a quarter of a megabyte. As single bytes in frames of their own that is a lot of work at once.
BITE_BYTES = 4096


class RequestProtocol(H11Protocol):
    """A request has to come in time, the first and each that follows."""

    _patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._expect_request()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._expect_request()

    def _expect_request(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
        self._asked = self.scope
        self._patience = self.loop.call_later(REQUEST_SECONDS, self._give_up)

    def _give_up(self) -> None:
        if self.scope is self._asked:
            self.transport.abort()


class MeetingWebSocket(WebSocketsSansIOProtocol):
    """uvicorn's, with an end to its patience.

    uvicorn closes only once the other side has read everything, and reads, and answers pings, also of somebody
    who reads nothing.
    """

    _patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._flood = FloodDetector()

    def data_received(self, data: bytes) -> None:
        for start in range(0, len(data), BITE_BYTES):
            super().data_received(data[start : start + BITE_BYTES])
            if self.transport.is_closing():
                return

    def handle_events(self) -> None:
        if self._flood.is_flood(len(self.conn.events)):
            self.transport.abort()
        else:
            super().handle_events()

    def pause_writing(self) -> None:
        super().pause_writing()
        self.transport.pause_reading()
        self._watch(self.transport.get_write_buffer_size())

    def _watch(self, waiting: int) -> None:
        self._patience = self.loop.call_later(UNREAD_SECONDS, self._look, waiting)

    def _look(self, before: int) -> None:
        """Slow is not too slow, as long as something was read since."""
        waiting = self.transport.get_write_buffer_size()
        if waiting < before:
            self._watch(waiting)
        else:
            self.transport.abort()

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._patience is not None:
            self._patience.cancel()
        if not self.read_paused:
            self.transport.resume_reading()

    async def receive(self) -> Any:
        message = await self.queue.get()
        if self.read_paused and self.queue.empty():
            self.read_paused = False
            if self.writable.is_set():
                self.transport.resume_reading()
        return message

    async def send(self, message: Any) -> None:
        await super().send(message)
        if message["type"] == "websocket.close":
            self.loop.call_later(CLOSE_SECONDS, self.transport.abort)

    def keepalive_timeout(self) -> None:
        super().keepalive_timeout()
        self.transport.abort()
