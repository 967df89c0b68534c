"""Floods, frames that are too large or endlessly fragmented, and endless requests harm nobody else."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from websockets.exceptions import ConnectionClosed

from tests.server.conftest import Page, each_server
from tests.server.raw import FINAL, PING, TEXT, RawSocket, frame, head, memory_of

pytestmark = each_server

PATIENCE = 15
MEMORY_MIB = 24
PONG_SECONDS = 2.0
CONTINUATION = 0x0

MakeRaw = Callable[[], Awaitable[RawSocket]]


@pytest.fixture
async def rude(stack, slug) -> AsyncIterator[MakeRaw]:
    """``await rude()`` opens a guest's socket that can send any bytes."""
    made: list[RawSocket] = []
    guest = Page(slug)

    async def open_raw() -> RawSocket:
        if not guest.cookie:
            await asyncio.to_thread(guest.visit, stack.processes[0])
        raw = await RawSocket(stack.processes[0]).connect()
        await raw.shake(slug, guest.cookie)
        made.append(raw)
        return raw

    yield open_raw
    for raw in made:
        raw.close()


@pytest.fixture(autouse=True)
async def neighbour(pages, stack) -> AsyncIterator[Page]:
    """Sends ping ten times a second throughout and always gets its pong soon; the server's memory stays flat."""
    ada = await pages(0)
    await ada.join("Ada")
    before = memory_of(stack.processes[0])
    slowest = 0.0
    over = asyncio.Event()

    async def live() -> None:
        nonlocal slowest
        loop = asyncio.get_running_loop()
        while not over.is_set():
            asked = loop.time()
            await ada.say("ping")
            await ada.hear("pong")
            slowest = max(slowest, loop.time() - asked)
            await asyncio.sleep(0.1)

    living = asyncio.create_task(live())
    yield ada
    over.set()
    await living
    assert slowest < PONG_SECONDS
    assert memory_of(stack.processes[0]) - before < MEMORY_MIB


async def test_a_flood_of_messages_is_answered_once_and_closed_with_4429(pages):
    flooder = await pages(0)
    heard: list[str] = []

    async def hear() -> None:
        with contextlib.suppress(ConnectionClosed):
            while True:
                heard.append(json.loads(await flooder.socket.recv()).get("code", "pong"))

    hearing = asyncio.create_task(hear())
    with pytest.raises(ConnectionClosed):
        while True:
            for _ in range(100):
                await flooder.socket.send('{"type": "ping"}')
            await asyncio.sleep(0.01)  # ten thousand in a second
    await hearing
    assert [code for code in heard if code != "pong"] == ["too_many", "too_many"]
    assert flooder.socket.close_code == 4429


async def ends(raw: RawSocket, rudeness: bytes, times: int = 1) -> bytes:
    """Send ``rudeness``, and return what is received until the server closes."""
    hearing = asyncio.create_task(raw.ended())
    try:
        async with asyncio.timeout(PATIENCE):
            for _ in range(times):
                await raw.write(rudeness)
            return await hearing
    except ConnectionError:
        return await hearing


@pytest.mark.parametrize(
    ("rudeness", "times"),
    [
        (frame(b"x" * 2**20), 1),
        (head(2**30), 1),
        (head(2**62), 1),
        (frame(b"", TEXT) + frame(b"", CONTINUATION) * 10_000, 100),
        (frame(b"x", TEXT) + frame(b"x", CONTINUATION) * 10_000, 100),
        (frame(b"", FINAL | PING) * 10_000, 100),
        (frame(b'{"type":"ping"}') * 5_000, 100),
        (frame(b"\xff\xfe"), 1),
        (frame(b"x", FINAL | 0x3), 1),
        (frame(b"x", FINAL | 0x40 | TEXT), 1),
        (b"\x81\x01x", 1),
        (b"GET / HTTP/1.1\r\n\r\n" * 100, 1),
    ],
    ids=[
        "a mebibyte", "the head of a gibibyte", "the head of far too much", "a million empty fragments",
        "a million tiny fragments", "a million pings", "half a million messages at once", "no UTF-8",
        "an unknown opcode", "compressed though nobody agreed", "not masked", "no frame at all",
    ],
)  # fmt: skip
async def test_a_frame_beyond_all_limits_ends_the_connection(rude, rudeness, times):
    await ends(await rude(), rudeness, times)


async def test_binary_and_malformed_messages_are_answered_and_the_socket_stays(rude):
    raw = await rude()
    for odd in (frame(b"\0" * 100, FINAL | 0x2), frame(b"{bad"), frame(b"[" * 60_000), frame(b"1" * 5_000)):
        await raw.write(odd)
        assert b'"bad_message"' in await raw.read()
    await raw.say("ping")
    assert b'"pong"' in await raw.read()


async def test_a_request_that_never_ends_is_ended(stack):
    """Slowloris: a byte at a time, so that an idle timeout never fires."""
    raw = await RawSocket(stack.processes[0]).connect()
    hearing = asyncio.create_task(raw.ended())
    async with asyncio.timeout(2 * PATIENCE):
        await raw.write(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        while not hearing.done():
            try:
                await raw.write(b"x")
            except ConnectionError:
                break
            await asyncio.wait([hearing], timeout=0.5)
        await hearing
    raw.close()


async def test_many_unfinished_requests_hurt_nobody(stack):
    idle = [await RawSocket(stack.processes[0]).connect() for _ in range(200)]
    for raw in idle:
        await raw.write(b"GET /ws/r/x/ HTTP/1.1\r\nUpgrade: websocket\r\n")
    async with asyncio.timeout(2 * PATIENCE):
        await asyncio.gather(*(raw.ended() for raw in idle))
    for raw in idle:
        raw.close()
