"""A process that may open 1,024 files: whatever one address does with its connections, another finds some left."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator
from typing import Any

import pytest

from tests.server.raw import RawSocket
from tests.server.test_idle_connections import NarrowStack, many_files, quiet_log  # noqa: F401
from tests.stack import Stack

# Connections of the greedy address beyond which none of the server's files would be left.
MANY = 1_100
GREEDY = ("127.0.0.2", 0)
PATIENCE, ANSWER = 55, 6

HEAD = "Host: {host}\r\nOrigin: {origin}\r\n"
UNSENT_BODY = "POST /accounts/login/ HTTP/1.1\r\n" + HEAD + "Content-Length: 100\r\n\r\nlogin="
SOCKET = (
    "GET /ws/r/aaa-aaaa-aaa/ HTTP/1.1\r\n" + HEAD + "Upgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)


@pytest.fixture(params=["daphne", "uvicorn"], scope="module")
def narrow(request: pytest.FixtureRequest) -> Iterator[Stack]:
    settings: dict[str, Any] = {"LANAI_CONNECTIONS_PER_ADDRESS": "100000", "LANAI_UNKNOWN_CODES": "100000/minute"}
    with NarrowStack("one-address", LANAI_SERVER=request.param, **settings) as running:
        yield running


async def asked(stack: Stack) -> bytes:
    """The answer to a request of another address, or b"" where nobody answers."""
    raw = await RawSocket(stack.processes[0]).connect()
    await raw.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    answer = b""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(ANSWER):
            answer = await raw.ended()
    raw.close()
    return answer


async def open_one(stack: Stack, request: str) -> RawSocket:
    raw = RawSocket(stack.processes[0])
    raw.link.bind(GREEDY)
    await raw.connect()
    with contextlib.suppress(ConnectionError):  # refused
        await raw.write(request.format(host=raw.host, origin=raw.origin).encode())
    return raw


@pytest.mark.parametrize("request_text", ["", UNSENT_BODY, SOCKET], ids=["silent", "unsent body", "socket"])
async def test_another_address_finds_the_door_open(narrow, many_files, request_text):  # noqa: F811
    held = []
    try:
        async with asyncio.timeout(PATIENCE):
            for _ in range(MANY):
                held.append(await open_one(narrow, request_text))
            assert b"alive" in await asked(narrow)
    finally:
        for raw in held:
            raw.close()
    assert narrow.complaints() == []


async def test_connections_that_ended_count_no_more(narrow):
    """Pages and sockets alike: 1,100 one after the other, of which none is refused."""
    async with asyncio.timeout(PATIENCE):
        for request in [SOCKET, "GET /healthz HTTP/1.1\r\n" + HEAD + "Connection: close\r\n\r\n"]:
            for _ in range(MANY // 2):
                raw = await open_one(narrow, request)
                assert (await raw.read()).startswith(b"HTTP/1.1 ")
                raw.close()
    assert narrow.complaints() == []
