"""Clients that do not read are cut off before they fill the server's memory, and others do not notice."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest

from rooms import protocol
from tests.server.conftest import Page, each_server
from tests.server.raw import FINAL, PING, RawSocket, frame, memory_of

pytestmark = each_server

PATIENCE = 20
MEMORY_MIB = 24
LARGE = "x" * (protocol.SIGNAL_BYTES - 100)


@pytest.fixture
async def idler(stack, slug) -> AsyncIterator[RawSocket]:
    """A seated client that reads nothing."""
    guest = Page(slug)
    await asyncio.to_thread(guest.visit, stack.processes[0])
    raw = await RawSocket(stack.processes[0]).connect()
    await raw.shake(slug, guest.cookie)
    await raw.join("Idler")
    yield raw
    raw.close()


async def seat_of(page: Page, nickname: str) -> str:
    while True:
        seat = (await page.hear("seat.joined"))["seat"]
        if seat["nickname"] == nickname:
            return str(seat["id"])


async def test_a_client_that_never_reads_is_cut_off_and_another_is_not(pages, stack, idler):
    ada, grace = await pages(0), await pages(0)
    welcome = await ada.join("Ada")
    seated = {seat["nickname"]: seat["id"] for seat in welcome["seats"]}
    idle = seated.get("Idler") or await seat_of(ada, "Idler")
    await grace.join("Grace")
    before = memory_of(stack.processes[0])
    async with asyncio.timeout(PATIENCE):
        while True:
            for _ in range(40):
                await ada.say("signal", to=idle, epochs=[1, 1], data=LARGE)
            await grace.say("ping")
            await grace.hear("pong")
            await ada.say("ping")
            if (await ada.hear("pong", "error"))["type"] == "error":
                break
            with contextlib.suppress(ConnectionError):
                await idler.say("ping")  # looks alive to the server
            await asyncio.sleep(1)  # the rate that is allowed indefinitely
    await ada.hear("pong")
    assert memory_of(stack.processes[0]) - before < MEMORY_MIB
    await ada.say("signal", to=grace.seat, epochs=[1, 1], data="still here")
    assert (await grace.hear("signal"))["data"] == "still here"


async def test_pings_of_a_client_that_reads_no_pongs_fill_no_memory(stack, idler):
    before = memory_of(stack.processes[0])
    pings = frame(b"x" * 125, FINAL | PING) * 500
    async with asyncio.timeout(PATIENCE):
        with pytest.raises(ConnectionError):
            while True:
                await idler.write(pings)
    assert memory_of(stack.processes[0]) - before < MEMORY_MIB


async def test_a_welcome_longer_than_what_the_server_would_take_arrives(pages):
    ada, linus, grace = await pages(0), await pages(0), await pages(0)
    lines = protocol.RATES[protocol.Chat].burst
    for writer, nickname in ((ada, "Ada"), (linus, "Linus")):
        await writer.join(nickname)
        for n in range(lines):
            await writer.say("chat", text="🎉" * protocol.CHAT_MAX, ref=f"c{n}")
            await writer.hear("ack")
    welcome = await grace.join("Grace")
    assert len(welcome["chat"]) == 2 * lines
