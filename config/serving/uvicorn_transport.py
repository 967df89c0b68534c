"""An asyncio transport with flow control and deadlines, used by uvicorn's WebSockets."""

from __future__ import annotations

import asyncio
from typing import Any

from config.serving.flow import ReadPauses
from config.serving.listen import CLOSE_SECONDS, UNREAD_SECONDS

CLOSE_FRAME = b"\x88"  # RFC 6455 section 5.2: the last fragment, opcode 8
UNHEARD, UNREAD = "unheard", "unread"


class FlowControlledTransport:
    """Wraps the transport of one connection, and ends it when the other side takes too long.

    uvicorn closes a connection only once the other side has read everything, and goes on reading and answering pings
    of a client that reads nothing. Here nothing is read while the write buffer is full, a buffer from which nothing
    was read for UNREAD_SECONDS ends the connection, and so does a close not answered within CLOSE_SECONDS.
    """

    def __init__(self, transport: Any) -> None:
        self._transport = transport
        self._loop = asyncio.get_running_loop()
        self._pauses = ReadPauses(transport.pause_reading, transport.resume_reading)
        self._unread: asyncio.TimerHandle | None = None
        self._closing: asyncio.TimerHandle | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        self._transport.write(data)
        if data[:1] == CLOSE_FRAME:
            self._expect_end()

    def close(self) -> None:
        self._transport.close()
        self._expect_end()

    def pause_reading(self) -> None:
        """Pause reading for uvicorn, while messages wait for the application."""
        self._pauses.add(UNHEARD)

    def resume_reading(self) -> None:
        self._pauses.remove(UNHEARD)

    def filled(self) -> None:
        """The write buffer is full."""
        self._pauses.add(UNREAD)
        self._watch(self._transport.get_write_buffer_size())

    def drained(self) -> None:
        """There is room in the write buffer again."""
        if self._unread is not None:
            self._unread.cancel()
        self._pauses.remove(UNREAD)

    def lost(self) -> None:
        """The connection is over."""
        for timer in (self._unread, self._closing):
            if timer is not None:
                timer.cancel()

    def _watch(self, waiting: int) -> None:
        self._unread = self._loop.call_later(UNREAD_SECONDS, self._check_progress, waiting)

    def _check_progress(self, before: int) -> None:
        """Let a slow reader be, as long as it has read something since the last check."""
        waiting = self._transport.get_write_buffer_size()
        if waiting < before:
            self._watch(waiting)
        else:
            self._transport.abort()

    def _expect_end(self) -> None:
        if self._closing is None:
            self._closing = self._loop.call_later(CLOSE_SECONDS, self._transport.abort)
