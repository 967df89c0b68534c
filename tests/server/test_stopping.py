"""A server that stops tells pages when to reconnect, and after the restart the seats are still there."""

from __future__ import annotations

import asyncio

import pytest
from websockets.exceptions import ConnectionClosed


async def test_sigterm_tells_every_page_to_come_back_and_the_same_seat_is_there(pages, stack):
    ada, grace = await pages(0), await pages(0)
    await ada.join("Ada")
    await grace.join("Grace")
    seat = grace.seat
    process = stack.processes[0]
    stopping = asyncio.create_task(asyncio.to_thread(process.stop))
    bye = await grace.hear("bye")
    assert (bye["code"], bye["action"]) == ("restarting", "rejoin")
    assert 0 < bye["retry_in"] <= 3
    with pytest.raises(ConnectionClosed) as closed:
        await grace.socket.recv()
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1012
    async with asyncio.timeout(8):
        await stopping
    assert process.exit_code == 0
    await asyncio.to_thread(process.start)
    await grace.open(process)
    welcome = await grace.join("Grace")
    assert grace.seat == seat
    assert {one["nickname"] for one in welcome["seats"]} == {"Ada", "Grace"}
    await ada.open(process)
    await ada.join("Ada")


async def test_after_kill_nine_the_same_seat_is_there(pages, stack):
    grace = await pages(0)
    await grace.join("Grace")
    seat, process = grace.seat, stack.processes[0]
    await asyncio.to_thread(process.kill)
    await asyncio.to_thread(process.start)
    await grace.open(process)
    welcome = await grace.join("Grace")
    assert grace.seat == seat
    assert welcome["seats"][0]["epoch"] == 1


async def test_a_frame_beyond_the_servers_own_limit_hurts_nobody_else(pages):
    ada, grace = await pages(0), await pages(0)
    await ada.join("Ada")
    await grace.join("Grace")
    await grace.socket.send("x" * 100_000)
    assert (await grace.hear("error"))["code"] == "too_large"
    with pytest.raises(ConnectionClosed):
        await grace.socket.send("x" * 1_000_000)
        while True:
            await grace.socket.recv()
    await ada.say("ping")
    assert await ada.hear("pong")
