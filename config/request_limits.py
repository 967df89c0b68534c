"""Limits on the size of a request, held in front of Django and of the sockets.

The servers hold them too where they can, because a server has stored a request before it calls an application. What a
form field may hold is limited behind Django's parser, in config/field_limits.py.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any, NamedTuple

HEAD_BYTES = 16 * 1024  # the path, the query and all headers; browsers send up to 4 KiB of cookies per name
HEADERS_MAX = 100
PATH_BYTES = 2_000
QUERY_BYTES = 8_000
# The largest form is the admin's of a user, with a few hundred permissions of some 30 bytes each. No file is taken.
BODY_BYTES = 128 * 1024
BODY_SECONDS = 10
# How long more is read after a refusal. A connection closed with unread data is reset, and the refusal is lost.
LINGER_SECONDS = 2
# Of those that are parsed; the others are limited by HEAD_BYTES.
HEADER_BYTES = {
    b"accept": 1_000,
    b"accept-encoding": 300,
    b"accept-language": 1_000,
    b"content-length": 20,
    b"content-type": 300,
    b"host": 300,
    b"if-modified-since": 100,
    b"if-none-match": 1_000,
    b"origin": 300,
    b"range": 300,
    b"referer": 4_000,
    b"sec-websocket-protocol": 300,
    b"x-csrftoken": 300,
    b"x-forwarded-for": 2_000,
    b"x-forwarded-proto": 100,
}

Event = dict[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]


class Refusal(NamedTuple):
    """A response to a request that is not read."""

    status: int
    words: str

    @property
    def headers(self) -> list[tuple[bytes, bytes]]:
        return [
            (b"content-type", b"text/plain; charset=utf-8"),
            (b"content-length", str(len(self.words.encode())).encode()),
            (b"cache-control", b"no-store"),
            (b"x-content-type-options", b"nosniff"),
            (b"connection", b"close"),
        ]

    def encode(self) -> bytes:
        """The whole response (RFC 9112), for a server that refuses a request before it makes one of it."""
        lines = [f"HTTP/1.1 {self.status} {HTTPStatus(self.status).phrase}".encode()]
        lines += [name + b": " + value for name, value in self.headers]
        return b"\r\n".join([*lines, b"", self.words.encode()])


PATH_TOO_LONG = Refusal(414, "This address is too long. Please check the link, or start again at the home page.\n")
HEAD_TOO_LARGE = Refusal(
    431, "Your browser sent more along with its request than this site reads. Deleting this site's cookies may help.\n"
)
BODY_TOO_LARGE = Refusal(413, "That is more than this site takes at once. Please go back and send less.\n")
BODY_TOO_SLOW = Refusal(408, "What your browser sent did not arrive in time. Please go back and try again.\n")


class Refused(Exception):
    """A body is refused while it is read."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.status)
        self.refusal = refusal


class RequestLimits:
    """Answers requests that are too large, and passes the others to ``application``, each with its whole body."""

    def __init__(self, application: Any) -> None:
        self._application = application

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        # Daphne takes the root path from a header, which anybody may send.
        scope = {**scope, "root_path": ""}
        refusal = refuse_head(scope)
        if scope["type"] == "websocket":
            await (_deny(receive, send) if refusal else self._application(scope, receive, send))
            return
        try:
            if refusal:
                raise Refused(refusal)
            if _has_body(scope):
                receive = _starting_with(await _whole_body(receive), receive)
        except Refused as refused:
            await _refuse(refused.refusal, receive, send)
            return
        await self._application(scope, receive, send)


def refuse_head(scope: dict[str, Any]) -> Refusal | None:
    """Return why the request is too large, by its path, its headers and the length it announces."""
    path, query = scope.get("raw_path") or scope["path"].encode(), scope.get("query_string", b"")
    headers = scope["headers"]
    if len(path) > PATH_BYTES or len(query) > QUERY_BYTES:
        return PATH_TOO_LONG
    size = len(path) + len(query) + sum(len(name) + len(value) for name, value in headers)
    if size > HEAD_BYTES or len(headers) > HEADERS_MAX:
        return HEAD_TOO_LARGE
    if any(len(value) > HEADER_BYTES.get(name, HEAD_BYTES) for name, value in headers):
        return HEAD_TOO_LARGE
    announced = [value for name, value in headers if name == b"content-length"]
    return BODY_TOO_LARGE if any(value.isdigit() and int(value) > BODY_BYTES for value in announced) else None


def _has_body(scope: dict[str, Any]) -> bool:
    """Without these headers a request has none (RFC 9112 section 6.3)."""
    return any(name in (b"content-length", b"transfer-encoding") for name, _ in scope["headers"])


async def _whole_body(receive: Receive) -> Event:
    """Read the body as one event; that of a client who left is the disconnect. Raises Refused."""
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            while (event := await receive())["type"] == "http.request":
                body += event.get("body", b"")
                if len(body) > BODY_BYTES:
                    raise Refused(BODY_TOO_LARGE)
                if not event.get("more_body", False):
                    return {"type": "http.request", "body": bytes(body), "more_body": False}
    except TimeoutError:
        raise Refused(BODY_TOO_SLOW) from None
    return event


def _starting_with(first: Event, receive: Receive) -> Receive:
    events = [first]

    async def receive_next() -> Event:
        return events.pop() if events else await receive()

    return receive_next


async def _deny(receive: Receive, send: Send) -> None:
    await receive()
    await send({"type": "websocket.close"})


async def _refuse(refusal: Refusal, receive: Receive, send: Send) -> None:
    """Answer at once, and end the connection when the client has left, has sent everything, or takes too long."""
    await send({"type": "http.response.start", "status": refusal.status, "headers": refusal.headers})
    await send({"type": "http.response.body", "body": refusal.words.encode(), "more_body": True})
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(LINGER_SECONDS):
            while (event := await receive())["type"] == "http.request" and event.get("more_body", False):
                pass
    await send({"type": "http.response.body", "body": b""})
