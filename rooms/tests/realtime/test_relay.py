"""Relaying WebRTC signals between the seats of a room."""

from __future__ import annotations

import json

import pytest

from rooms.runtime.executors import seat_executor
from rooms.services import chat
from rooms.services.rooms import create_room

OFFER = {"description": {"type": "offer", "sdp": "v=0\r\n"}}


@pytest.fixture
async def pair(connect):
    ada, grace = await connect(), await connect()
    await ada.join("Ada")
    await grace.join("Grace")
    return ada, grace


async def test_a_signal_reaches_only_its_target_and_names_its_real_sender(pair, connect):
    ada, grace = pair
    third = await connect()
    await third.join("Third")
    await ada.send("signal", to=grace.seat, epochs=[1, 1], data=OFFER)
    received = await grace.receive("signal")
    assert received == {"type": "signal", "from": ada.seat, "epochs": [1, 1], "data": OFFER}
    assert await third.receives_no("signal")
    assert await ada.receives_no("signal")


async def test_a_signal_with_a_forged_sender_is_refused(pair):
    ada, grace = pair
    await ada.send("signal", to=grace.seat, epochs=[1, 1], data=OFFER, **{"from": grace.seat})
    assert (await ada.receive("error"))["code"] == "bad_message"
    twice = f'{{"type":"signal","to":"{grace.seat}","from":"x","to":"{grace.seat}","epochs":[1,1],"data":{{}}}}'
    await ada.send_raw(twice)
    assert (await ada.receive("error"))["code"] == "bad_message"
    assert await grace.receives_no("signal")


async def test_signal_data_is_passed_on_unchanged(pair):
    ada, grace = pair
    data = '{"a": 1.50, "type":"bye","b":"\\u00e9\\n", "a": [null]}'
    await ada.send_raw(f'{{"type":"signal","to":"{grace.seat}","epochs":[1,1],"data":{data}}}')
    event = await grace.receive("signal")
    assert event["data"] == json.loads(data)


async def test_a_signal_to_a_seat_of_another_room_is_refused(pair, connect, owner):
    ada, _ = pair
    other = await seat_executor.run(lambda: create_room(owner=owner))
    stranger = await connect(slug=other.slug)
    await stranger.join("Stranger")
    await ada.send("signal", to=stranger.seat, epochs=[1, 1], data=OFFER, ref="r1")
    error = await ada.receive("error")
    assert (error["code"], error["to"], error["ref"]) == ("no_such_seat", stranger.seat, "r1")
    assert await stranger.receives_no("signal")


async def test_messages_handled_immediately_are_acknowledged_too(pair):
    ada, grace = pair
    await ada.send("signal", to=grace.seat, epochs=[1, 1], data=OFFER, ref="s1")
    assert (await ada.receive("ack", "error"))["ref"] == "s1"
    await ada.send("ping", ref="p1")
    assert (await ada.receive("ack"))["ref"] == "p1"


async def test_a_signal_to_an_away_seat_is_answered_as_undelivered(pair):
    ada, grace = pair
    await grace.close(1006)
    await ada.receive("seat.updated")
    await ada.send("signal", to=grace.seat, epochs=[1, 1], data=OFFER)
    error = await ada.receive("error")
    assert (error["code"], error["to"]) == ("undelivered", grace.seat)


async def test_a_burst_of_signals_arrives_complete_and_in_order(pair):
    ada, grace = pair
    for n in range(150):
        await ada.send("signal", to=grace.seat, epochs=[1, 1], data={"n": n})
    received = [(await grace.receive("signal"))["data"]["n"] for _ in range(150)]
    assert received == list(range(150))


async def test_signals_do_not_wait_for_the_database(pair, monkeypatch):
    import threading

    ada, grace = pair
    held, free = threading.Event(), threading.Event()

    def slow(**kwargs: object) -> None:
        held.set()
        assert free.wait(10)
        raise OSError("slow and then broken")

    monkeypatch.setattr(chat, "post", slow)
    await ada.send("chat", text="hello", ref="c1")
    await seat_executor.run(held.wait, 5)
    await ada.send("signal", to=grace.seat, epochs=[1, 1], data=OFFER)
    assert (await grace.receive("signal"))["from"] == ada.seat
    free.set()
    error = await ada.receive("error")
    assert (error["code"], error["ref"]) == ("try_again", "c1")
