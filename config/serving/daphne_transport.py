"""A Twisted transport with flow control in both directions, used by Daphne's WebSockets."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from typing import Any

from config.serving.flow import ReadPauses
from config.serving.listen import UNREAD_SECONDS

# Twisted's own limit (FileDescriptor.bufferSize): above it a transport asks its producer to pause.
HIGH_WATER_BYTES = 2**16
UNREAD = "unread"


class FlowControlledTransport:
    """Wraps the transport of one connection, and is its producer.

    Everything the protocol writes goes through here, so it knows whether Twisted's buffer is empty. If it is, data
    goes straight to the kernel through the socket that ``getHandle()`` (``ISystemHandle``) returns: Twisted would keep
    it until the next turn of the event loop, and register and unregister the socket for writing for each frame.

    Over TCP it is a pull producer (``IPullProducer``), called whenever Twisted's buffer has emptied, and counts what
    waits there itself. Over TLS there is no socket to write to and a pull producer would be polled without end, so
    there it is a push producer (``IPushProducer``), told when the buffer is full and when it is empty again.

    While the buffer is full nothing is read either, or pings would fill it further with pongs. ``cut_off`` is called
    when it has been full for UNREAD_SECONDS.
    """

    def __init__(self, transport: Any, cut_off: Callable[[], None]) -> None:
        handle = transport.getHandle()
        self._send = handle.send if isinstance(handle, socket.socket) else None
        self._transport = transport
        self._cut_off = cut_off
        self._waiting = 0  # bytes given to Twisted since its buffer was last known to be empty
        self._started = False
        self._full: asyncio.Future[None] | None = None
        self._deadline: asyncio.TimerHandle | None = None
        self.reading = ReadPauses(transport.pauseProducing, transport.resumeProducing)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def start(self) -> None:
        """Control the flow from now on: the handshake is over."""
        self._transport.unregisterProducer()  # the HTTP channel's, from before the upgrade
        self._transport.registerProducer(self, self._send is None)
        # Registering a pull producer calls it at once, with the answer to the handshake still in the buffer.
        self._started = True

    def write(self, data: bytes) -> None:
        if self._send is not None and self._started and not self._waiting:
            try:
                sent = self._send(data)
            except OSError:  # full; or lost, as Twisted finds out when it writes
                sent = 0
            data = data[sent:]
        if data:
            self._waiting += len(data)
            self._transport.write(data)
            if self._send is not None and self._waiting > HIGH_WATER_BYTES:
                self.pauseProducing()

    async def drained(self) -> None:
        """Wait until there is room."""
        while self._full is not None:
            await asyncio.shield(self._full)

    def pauseProducing(self) -> None:
        if self._full is None and self._started:
            loop = asyncio.get_running_loop()
            self._full = loop.create_future()
            self._deadline = loop.call_later(UNREAD_SECONDS, self._cut_off)
            self.reading.add(UNREAD)

    def resumeProducing(self) -> None:
        if self._started:
            self._waiting = 0
            self._release()

    def stopProducing(self) -> None:
        self._release()

    def _release(self) -> None:
        if self._full is not None and self._deadline is not None:
            self._deadline.cancel()
            self._full.set_result(None)
            self._full = self._deadline = None
            self.reading.remove(UNREAD)
