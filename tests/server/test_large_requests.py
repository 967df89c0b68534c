"""Bodies and heads that are too large are refused with an explanation and never stored, and the connection ends."""

from __future__ import annotations

import asyncio
import os
import tempfile
from pathlib import Path

import pytest

from tests.server.conftest import each_server
from tests.server.raw import RawSocket, memory_of
from tests.stack import Process, Stack

pytestmark = each_server

PATIENCE = 30
MEBIBYTE = 2**20
SENT = 64 * MEBIBYTE  # as much as a client may send before it notices
MEMORY_MIB = 12
CHUNK = b"10000\r\n" + b"a" * 0x10000 + b"\r\n"


def host(stack: Stack) -> str:
    return stack.origins[0].removeprefix("http://")


def head(stack: Stack, *headers: str, path: str = "/accounts/login/", method: str = "POST") -> bytes:
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host(stack)}", "Content-Type: application/x-www-form-urlencoded"]
    return "\r\n".join([*lines, *headers, "", ""]).encode()


def stored(process: Process) -> int:
    """Bytes in files without a name, which is how both servers and Django keep large bodies."""
    assert process.process is not None
    sizes = 0
    for descriptor in Path(f"/proc/{process.process.pid}/fd").iterdir():
        try:
            target = os.readlink(descriptor)
            if target.startswith(tempfile.gettempdir()) and target.endswith("(deleted)"):
                sizes += descriptor.stat().st_size
        except FileNotFoundError:
            pass
    return sizes


async def ask(stack, first: bytes, rest: bytes = b"", most: int = 0) -> tuple[bytes, int, int]:
    """Send a head and up to ``most`` bytes of ``rest``; the answer, and how much was sent and stored meanwhile."""
    process = stack.processes[0]
    raw = await RawSocket(process).connect()
    hearing = asyncio.create_task(raw.ended())
    sent = kept = 0
    try:
        async with asyncio.timeout(PATIENCE):
            await raw.write(first)
            while sent < most and not hearing.done():
                await raw.write(rest)
                sent += len(rest)
                kept = max(kept, stored(process))
            return await hearing, sent, kept
    except ConnectionError:
        return await hearing, sent, kept
    finally:
        raw.close()


def is_refusal(answer: bytes, status: int) -> bool:
    start, _, words = answer.partition(b"\r\n\r\n")
    return start.startswith(b"HTTP/1.1 %d " % status) and b"connection: close" in start.lower() and len(words) > 20


async def test_a_body_is_refused_by_the_length_it_announces(stack):
    before = memory_of(stack.processes[0])
    answer, _, kept = await ask(stack, head(stack, f"Content-Length: {800 * MEBIBYTE}"), b"a" * 65536, SENT)
    assert is_refusal(answer, 413), answer[:300]
    assert kept == 0
    assert memory_of(stack.processes[0]) - before < MEMORY_MIB


async def test_a_body_is_refused_before_any_of_it_is_sent(stack):
    announced = ["Content-Length: 131073"], [f"Content-Length: {800 * MEBIBYTE}", "Expect: 100-continue"]
    for answer, _, _ in await asyncio.gather(*(ask(stack, head(stack, *headers)) for headers in announced)):
        assert is_refusal(answer, 413), answer[:300]


async def test_a_body_in_chunks_is_refused_by_its_real_length(stack):
    before = memory_of(stack.processes[0])
    answer, _, kept = await ask(stack, head(stack, "Transfer-Encoding: chunked"), CHUNK, SENT)
    assert is_refusal(answer, 413), answer[:300]
    assert kept <= MEBIBYTE
    assert memory_of(stack.processes[0]) - before < MEMORY_MIB


async def test_a_body_is_refused_in_a_request_for_a_socket_too(stack, slug):
    upgrade = ["Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13"]
    upgrade += ["Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", f"Content-Length: {800 * MEBIBYTE}"]
    first = head(stack, *upgrade, path=f"/ws/r/{slug}/", method="GET")
    _, _, kept = await ask(stack, first, b"a" * 65536, SENT)
    assert kept == 0


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/" + "a" * 10_000, []),
        ("/?" + "a" * 10_000, []),
        ("/", ["Cookie: " + "a" * 60_000]),
        ("/", ["Cookie: " + "a" * 10_000, "X-Other: " + "a" * 10_000]),
        ("/", [f"X-{n}: a" for n in range(400)]),
        ("/", ["Accept-Language: " + "a," * 2_000]),
        ("/", ["Host: " + "a" * 1_000]),
    ],
    ids=["path", "query", "one header", "two headers", "many headers", "languages", "host"],
)
async def test_a_large_head_is_refused(stack, path, headers):
    answer, _, _ = await ask(stack, head(stack, *headers, path=path, method="GET"))
    assert answer.split(b" ")[1] in (b"400", b"414", b"431"), answer[:300]
    assert b"lanai" not in answer.lower().partition(b"\r\n\r\n")[2], "no page was made"


async def test_bytes_that_are_no_request_leave_no_traceback(stack, slug):
    """quiet_log looks at the log afterwards."""
    upgrade = ["Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13", f"Origin: {stack.origins[0]}"]
    upgrade.append("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")
    asked = []
    for odd in ("Sec-WebSocket-Protocol: \u00e9", "Daphne-Root-Path: \u00e9", "Cookie: \u00e9", "Origin: http://[::1"):
        for more, path in ((["Connection: close"], "/"), (upgrade, "/ws/r/a/")):
            if odd.startswith("Origin") and more is upgrade:
                more = [line for line in upgrade if not line.startswith("Origin")]
            asked.append(ask(stack, head(stack, *more, odd, path=path, method="GET") + b"\x88\x80\0\0\0\0"))
    await asyncio.gather(*asked)


async def test_an_honest_form_is_taken_whole(stack):
    body = b"a=" + b"b" * 1_900 + b"&c=" + b"d" * 1_900
    chunk = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    for first, sent in (
        (head(stack, f"Content-Length: {len(body)}", "Connection: close", path="/nowhere/"), body),
        (head(stack, "Transfer-Encoding: chunked", "Connection: close", path="/nowhere/"), chunk),
    ):
        answer, _, _ = await ask(stack, first + sent)
        assert answer.startswith(b"HTTP/1.1 404"), answer[:300]
