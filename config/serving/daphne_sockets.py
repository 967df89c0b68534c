"""What Daphne's WebSockets lack: they wait for those who read slowly, and stop reading from those who flood."""

from __future__ import annotations

import asyncio
import struct
from typing import Any

from daphne.ws_protocol import WebSocketProtocol
from twisted.internet.tcp import Connection

from config.serving.listen import CLOSE_SECONDS, UNREAD_SECONDS, FloodDetector

# What a message is cut into: the transport asks for a pause at about as much.
FRAGMENT_BYTES = 0xFFFF
INBOX_MESSAGES = 16
TEXT, BINARY, FINAL = 0x1, 0x2, 0x80  # RFC 6455 section 5.2


class Reading:
    """Reading from the connection, stopped while there is a reason to."""

    def __init__(self, transport: Any) -> None:
        self._transport = transport
        self._reasons: set[object] = set()

    def stop(self, reason: object) -> None:
        if not self._reasons:
            self._transport.pauseProducing()
        self._reasons.add(reason)

    def go_on(self, reason: object) -> None:
        if reason in self._reasons:
            self._reasons.discard(reason)
            if not self._reasons:
                self._transport.resumeProducing()


class Inbox(asyncio.Queue[dict[str, Any]]):
    """What the application has not heard yet. While it is long, no more is read."""

    def __init__(self, reading: Reading) -> None:
        super().__init__()
        self._reading = reading

    def _put(self, event: dict[str, Any]) -> None:
        super()._put(event)
        if self.qsize() == INBOX_MESSAGES:
            self._reading.stop(self)

    def _get(self) -> dict[str, Any]:
        event: dict[str, Any] = super()._get()
        if self.empty():
            self._reading.go_on(self)
        return event


class Outflow:
    """A Twisted push producer: told by the transport when its buffer is full and when it is empty again.

    While it is full nothing is read either, or pings would fill it further with pongs.
    """

    def __init__(self, protocol: MeetingWebSocket, reading: Reading) -> None:
        self._protocol = protocol
        self._reading = reading
        self._full: asyncio.Future[None] | None = None
        self._patience: asyncio.TimerHandle | None = None

    def pauseProducing(self) -> None:
        if self._full is None:
            loop = asyncio.get_running_loop()
            self._full = loop.create_future()
            self._patience = loop.call_later(UNREAD_SECONDS, self._protocol.dropConnection, True)
            self._reading.stop(self)

    def resumeProducing(self) -> None:
        if self._full is not None and self._patience is not None:
            self._patience.cancel()
            self._full.set_result(None)
            self._full = self._patience = None
            self._reading.go_on(self)

    stopProducing = resumeProducing

    async def room(self) -> None:
        while self._full is not None:
            await asyncio.shield(self._full)


class MeetingWebSocket(WebSocketProtocol):
    """Daphne's, with back-pressure both ways, and without three limits of autobahn's.

    It refuses to send what is longer than what it would take, refuses the close codes 1012 and 1013, and gives
    the other side one second to answer a close.
    """

    transport: Any
    outflow: Outflow | None = None
    reading: Reading | None = None

    def new_inbox(self) -> Inbox:
        self.reading = Reading(self.transport)
        self._flood = FloodDetector()
        return Inbox(self.reading)

    def onOpen(self) -> None:
        super().onOpen()
        self.closeHandshakeTimeout = CLOSE_SECONDS
        assert self.reading is not None
        self.outflow = Outflow(self, self.reading)
        self.transport.unregisterProducer()  # the request's, from before it became a socket
        self.transport.registerProducer(self.outflow, True)

    def onClose(self, wasClean: bool, code: int, reason: str) -> None:
        if self.outflow is not None:
            self.outflow.stopProducing()
        super().onClose(wasClean, code, reason)

    def dataReceived(self, data: bytes) -> None:
        self._dataReceived(data)  # autobahn's own makes a coloured line for the debug log of every read

    def onFrameBegin(self) -> None:
        if self._flood.is_flood():
            self.dropConnection(abort=True)
        else:
            super().onFrameBegin()

    async def reply(self, message: dict[str, Any]) -> None:
        """The application's ``send``."""
        if message["type"] != "websocket.send":
            await self.server.handle_reply(self, message)
        elif (text := message.get("text")) is not None:
            await self._say(TEXT, text.encode())
        else:
            await self._say(BINARY, message["bytes"])

    async def _say(self, opcode: int, payload: bytes) -> None:
        """One message. A long one goes out as fragments, each when the one before has found room."""
        rest = memoryview(payload)
        while self.outflow is not None:
            await self.outflow.room()
            if self.state != self.STATE_OPEN:
                return
            fragment, rest = rest[:FRAGMENT_BYTES], rest[FRAGMENT_BYTES:]
            self._write(_head(opcode if rest else FINAL | opcode, len(fragment)) + fragment)
            if not rest:
                return
            opcode = 0

    def _write(self, data: bytes) -> None:
        """What the kernel takes at once need not wait for the loop to come round, be watched for, and forgotten."""
        transport = self.transport
        if isinstance(transport, Connection) and not transport.dataBuffer and not transport._tempDataBuffer:
            written = transport.writeSomeData(data)
            if isinstance(written, int):  # else the connection is lost, as the transport will find out
                data = data[written:]
        if data:
            transport.write(data)

    def serverClose(self, code: int | None = None) -> None:
        self.sendCloseFrame(code=1000 if code is None else code)


def _head(first: int, length: int) -> bytes:
    return bytes((first, length)) if length < 126 else struct.pack(">BBH", first, 126, length)
