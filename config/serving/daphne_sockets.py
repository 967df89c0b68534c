"""Daphne's WebSocket protocol with flow control: waits for slow readers and stops reading from floods.

Only what Daphne, autobahn and Twisted offer to subclasses and callers is used: names without a leading underscore,
overridden or called, never replaced (config/tests/test_serving.py holds it to that).
"""

from __future__ import annotations

import struct
from collections.abc import Awaitable, Callable
from typing import Any

from daphne.ws_protocol import WebSocketProtocol
from twisted.internet.protocol import connectionDone

from config.serving.daphne_transport import FlowControlledTransport
from config.serving.listen import FloodDetector
from config.serving.open_connections import open_connections

# The size of a fragment: about as much as may wait in the transport.
FRAGMENT_BYTES = 0xFFFF
INBOX_MESSAGES = 16
TEXT, BINARY, FINAL = 0x1, 0x2, 0x80  # RFC 6455 section 5.2
UNHEARD = "unheard"

Event = dict[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]


class MeetingWebSocket(WebSocketProtocol):
    """Daphne's protocol with back-pressure in both directions and without two limits of autobahn's.

    autobahn refuses to send messages longer than it would accept, and refuses the close codes 1012 and 1013.
    """

    transport: Any  # a FlowControlledTransport

    def makeConnection(self, transport: Any) -> None:
        self._flood = FloodDetector()
        self._unheard = 0
        self._counted = transport
        super().makeConnection(transport)
        # Only now: autobahn's connectionMade asks the transport for its TLS details, and knows Twisted's own alone.
        self.transport = FlowControlledTransport(transport, self._cut_off)

    def onOpen(self) -> None:
        super().onOpen()
        self.transport.start()

    def onClose(self, wasClean: bool, code: int, reason: str) -> None:
        self.transport.stopProducing()
        super().onClose(wasClean, code, reason)

    def connectionLost(self, reason: Any = connectionDone) -> None:
        open_connections().discard(self._counted)
        super().connectionLost(reason)

    def dataReceived(self, data: bytes) -> None:
        # autobahn's own formats three coloured strings for a debug line of every read, which takes about 15 µs.
        self.data += data
        self.consumeData()

    def onMessageFrameBegin(self, length: int) -> None:
        if self._is_within_limits():
            super().onMessageFrameBegin(length)

    def onPing(self, payload: bytes) -> None:
        if self._is_within_limits():
            super().onPing(payload)

    def onPong(self, payload: bytes) -> None:
        if self._is_within_limits():
            super().onPong(payload)

    def onMessage(self, payload: bytes, isBinary: bool) -> None:
        super().onMessage(payload, isBinary)
        self._unheard += 1
        if self._unheard == INBOX_MESSAGES:
            self.transport.reading.add(UNHEARD)

    def receiver(self, receive: Receive) -> Receive:
        """The application's ``receive``: reading goes on once it has heard every message."""

        async def receive_and_count() -> Event:
            event = await receive()
            if event["type"] == "websocket.receive":
                self._unheard -= 1
                if not self._unheard:
                    self.transport.reading.remove(UNHEARD)
            return event

        return receive_and_count

    def sender(self, send: Send) -> Send:
        """The application's ``send``: waits while the other side does not read."""

        async def send_and_wait(event: Event) -> None:
            if event["type"] != "websocket.send":
                await send(event)
            elif (text := event.get("text")) is not None:
                await self._send_message(TEXT, text.encode())
            else:
                await self._send_message(BINARY, event["bytes"])

        return send_and_wait

    async def _send_message(self, opcode: int, payload: bytes) -> None:
        """Send one message; a long one as fragments, each once the one before has found room."""
        rest = memoryview(payload)
        while True:
            await self.transport.drained()
            if self.state != self.STATE_OPEN:
                return
            fragment, rest = rest[:FRAGMENT_BYTES], rest[FRAGMENT_BYTES:]
            self.transport.write(_head(opcode if rest else FINAL | opcode, len(fragment)) + fragment)
            if not rest:
                return
            opcode = 0

    def serverClose(self, code: int | None = None) -> None:
        self.sendCloseFrame(code=1000 if code is None else code)

    def _is_within_limits(self) -> bool:
        if self._flood.is_flood():
            self._cut_off()
            return False
        return True

    def _cut_off(self) -> None:
        self.dropConnection(abort=True)


def _head(first: int, length: int) -> bytes:
    return bytes((first, length)) if length < 126 else struct.pack(">BBH", first, 126, length)
