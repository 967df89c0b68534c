"""The same behaviour on one process and on two with Redis and PostgreSQL, with pages spread over both."""

from __future__ import annotations

import asyncio

import pytest

IDLE_SECONDS = 16


async def test_people_at_different_processes_see_each_other_come_and_go(pages):
    ada, grace = await pages(0), await pages(1)
    await ada.join("Ada")
    welcome = await grace.join("Grace")
    assert {seat["nickname"] for seat in welcome["seats"]} == {"Ada", "Grace"}
    joined = await ada.hear("seat.joined")
    while joined["seat"]["id"] != grace.seat:
        joined = await ada.hear("seat.joined")
    await grace.say("state", mic=False, hand=True)
    seat = (await ada.hear("seat.updated"))["seat"]
    assert (seat["id"], seat["mic"]) == (grace.seat, False)
    await grace.say("leave")
    left = await ada.hear("seat.left")
    assert (left["id"], left["reason"]) == (grace.seat, "left")


async def test_a_burst_of_signals_arrives_whole_and_in_order(pages):
    ada, grace = await pages(0), await pages(1)
    await ada.join("Ada")
    await grace.join("Grace")
    joined = await ada.hear("seat.joined")
    while joined["seat"]["id"] != grace.seat:
        joined = await ada.hear("seat.joined")
    for n in range(190):
        await ada.say("signal", to=grace.seat, epochs=[1, 1], data={"n": n, "sdp": "x" * 1200})
    heard = [await grace.hear("signal") for _ in range(190)]
    assert [message["data"]["n"] for message in heard] == list(range(190))
    assert {message["from"] for message in heard} == {ada.seat}


async def test_people_who_join_in_the_same_instant_never_miss_each_other(pages):
    everybody = [await pages(n) for n in range(6)]
    welcomes = await asyncio.gather(*(page.join(f"Person {n}") for n, page in enumerate(everybody)))
    ids = {page.seat for page in everybody}
    for page, welcome in zip(everybody, welcomes, strict=True):
        known = {seat["id"] for seat in welcome["seats"]}
        while known != ids:
            known.add((await page.hear("seat.joined"))["seat"]["id"])


async def test_one_name_is_given_once_even_in_the_same_instant(pages):
    twins = [await pages(n) for n in range(4)]
    answers = await asyncio.gather(*(twin.join("Ada") for twin in twins), return_exceptions=True)
    assert sum(not isinstance(answer, BaseException) for answer in answers) == 1
    assert sum("nickname_taken" in str(answer) for answer in answers) == 3


async def test_a_seat_moves_to_another_process_and_the_old_socket_is_told(pages, stack):
    ada, grace = await pages(0), await pages(0)
    await ada.join("Ada")
    await grace.join("Grace")
    seat, old = grace.seat, grace.socket
    await grace.open(stack.processes[-1])
    await grace.join("Grace")
    assert grace.seat == seat
    async with asyncio.timeout(10):
        async for frame in old:
            if '"taken"' in frame:
                break
        else:
            pytest.fail("the old socket was not told")


async def test_chat_is_kept_for_people_who_come_later(pages):
    ada, grace = await pages(0), await pages(1)
    await ada.join("Ada")
    await ada.say("chat", text="Hello", ref="c1")
    await ada.hear("ack")
    welcome = await grace.join("Grace")
    assert [line["text"] for line in welcome["chat"]] == ["Hello"]
    await grace.say("chat", text="Hi Ada", ref="c1")
    line = (await ada.hear("chat"))["line"]
    while line["seat"] != grace.seat:
        line = (await ada.hear("chat"))["line"]
    assert line["text"] == "Hi Ada"


@pytest.mark.parametrize("stack", ["cluster-daphne", "cluster-uvicorn"], indirect=True)
async def test_an_idle_call_stays_connected(pages):
    """Waits longer than the default subscription time-out of any client library."""
    ada, grace = await pages(0), await pages(1)
    await ada.join("Ada")
    await grace.join("Grace")
    await ada.hear("seat.joined")
    deadline = asyncio.get_running_loop().time() + IDLE_SECONDS
    while asyncio.get_running_loop().time() < deadline:
        for page in (ada, grace):
            await page.say("ping")
            await page.hear("pong")
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(5):
                await grace.hear("bye", "seat.left", "error")
    await ada.say("signal", to=grace.seat, epochs=[1, 1], data={"still": "here"})
    assert (await grace.hear("signal"))["data"] == {"still": "here"}
