"""Daphne's HTTP connections with limits: the time for a request, its size, and how many connections wait for one.

Twisted stores a whole body before it calls the application, so its size is limited here and not only in
config/request_limits.py.
"""

from __future__ import annotations

from typing import Any

from twisted.internet.protocol import connectionDone
from twisted.web.http import HTTPChannel

from config.request_limits import (
    BODY_BYTES,
    BODY_TOO_LARGE,
    HEAD_BYTES,
    HEAD_TOO_LARGE,
    HEADERS_MAX,
    LINGER_SECONDS,
    Refusal,
)
from config.serving.idle_connections import idle_connections
from config.serving.open_connections import open_connections

# Of a body in chunks with the heads of the chunks, which may be as long as the body itself.
CHUNKED_BYTES = 2 * BODY_BYTES
# Daphne reads these as ASCII and logs a traceback for others. Lanai has no use for either.
IGNORED_HEADERS = (b"daphne-root-path", b"sec-websocket-protocol")


class LimitedChannel(HTTPChannel):
    """An HTTP connection whose time for a request runs from its start, not from its last byte."""

    totalHeadersSize = HEAD_BYTES
    maxHeaders = HEADERS_MAX
    transport: Any

    def __init__(self) -> None:
        super().__init__()
        self._idle = idle_connections()
        self._body_bytes = 0
        self._is_refused = False

    def connectionMade(self) -> None:
        super().connectionMade()
        open_connections().add(self.transport, self._address(), self.transport.abortConnection)
        self._wait()

    def connectionLost(self, reason: Any = connectionDone) -> None:
        self._idle.discard(self)
        open_connections().discard(self.transport)
        super().connectionLost(reason)

    def resetTimeout(self) -> None:
        pass

    def dataReceived(self, data: bytes) -> None:
        if not self._is_refused:
            super().dataReceived(data)

    def lineLengthExceeded(self, line: bytes) -> None:
        self._refuse(HEAD_TOO_LARGE)

    def headerReceived(self, line: bytes) -> bool:
        name = line.partition(b":")[0].lower()
        return True if name in IGNORED_HEADERS else super().headerReceived(line)

    def allHeadersReceived(self) -> None:
        self._body_bytes = 0
        if self.length is not None and self.length > BODY_BYTES:
            self._refuse(BODY_TOO_LARGE)
        else:
            super().allHeadersReceived()

    def rawDataReceived(self, data: bytes) -> None:
        if self.length is None:
            self._body_bytes += len(data)
            if self._body_bytes > CHUNKED_BYTES:
                self._refuse(BODY_TOO_LARGE)
        if not self._is_refused:
            super().rawDataReceived(data)

    def allContentReceived(self) -> None:
        self._idle.discard(self)
        super().allContentReceived()

    def requestDone(self, request: Any) -> None:
        if request.responseHeaders.getRawHeaders(b"connection") == [b"close"]:
            self.persistent = False
        self._wait()  # before the next one, which may have come already
        super().requestDone(request)

    def _wait(self) -> None:
        self._idle.add(self, self._address(), self.transport.abortConnection)

    def _address(self) -> str:
        return str(getattr(self.transport.getPeer(), "host", ""))

    def _refuse(self, refusal: Refusal) -> None:
        """Answer, and read on without keeping anything until the client has left or LINGER_SECONDS are over."""
        self._is_refused = True
        self.transport.write(refusal.encode())
        self.setTimeout(LINGER_SECONDS)
