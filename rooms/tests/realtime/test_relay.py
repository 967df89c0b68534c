from __future__ import annotations

import json

import pytest

from rooms.runtime.executors import seat_executor
from rooms.services import chat
from rooms.services import rooms as services

OFFER = {"description": {"type": "offer", "sdp": "v=0\r\n"}}


@pytest.fixture
async def pair(door):
    ada, grace = await door(), await door()
    await ada.join("Ada")
    await grace.join("Grace")
    return ada, grace


async def test_a_signal_reaches_its_target_alone_with_a_true_sender(pair, door):
    ada, grace = pair
    third = await door()
    await third.join("Third")
    await ada.say("signal", to=grace.seat, epochs=[1, 1], data=OFFER)
    heard = await grace.hear("signal")
    assert heard == {"type": "signal", "from": ada.seat, "epochs": [1, 1], "data": OFFER}
    assert await third.hears_nothing_of("signal")
    assert await ada.hears_nothing_of("signal")


async def test_a_client_that_writes_its_own_sender_is_refused(pair):
    ada, grace = pair
    await ada.say("signal", to=grace.seat, epochs=[1, 1], data=OFFER, **{"from": grace.seat})
    assert (await ada.hear("error"))["code"] == "bad_message"
    twice = f'{{"type":"signal","to":"{grace.seat}","from":"x","to":"{grace.seat}","epochs":[1,1],"data":{{}}}}'
    await ada.say_raw(twice)
    assert (await ada.hear("error"))["code"] == "bad_message"
    assert await grace.hears_nothing_of("signal")


async def test_data_is_passed_on_to_the_letter(pair):
    ada, grace = pair
    data = '{"a": 1.50, "type":"bye","b":"\\u00e9\\n", "a": [null]}'
    await ada.say_raw(f'{{"type":"signal","to":"{grace.seat}","epochs":[1,1],"data":{data}}}')
    event = await grace.hear("signal")
    assert event["data"] == json.loads(data)


async def test_a_seat_of_another_room_cannot_be_reached(pair, door, owner):
    ada, _ = pair
    other = await seat_executor.run(lambda: services.create_room(owner=owner))
    stranger = await door(slug=other.slug)
    await stranger.join("Stranger")
    await ada.say("signal", to=stranger.seat, epochs=[1, 1], data=OFFER, ref="r1")
    error = await ada.hear("error")
    assert (error["code"], error["to"], error["ref"]) == ("no_such_seat", stranger.seat, "r1")
    assert await stranger.hears_nothing_of("signal")


async def test_what_is_handled_at_once_is_acknowledged_too(pair):
    ada, grace = pair
    await ada.say("signal", to=grace.seat, epochs=[1, 1], data=OFFER, ref="s1")
    assert (await ada.hear("ack", "error"))["ref"] == "s1"
    await ada.say("ping", ref="p1")
    assert (await ada.hear("ack"))["ref"] == "p1"


async def test_a_target_that_is_away_is_answered_as_undelivered(pair):
    ada, grace = pair
    await grace.close(1006)
    await ada.hear("seat.updated")
    await ada.say("signal", to=grace.seat, epochs=[1, 1], data=OFFER)
    error = await ada.hear("error")
    assert (error["code"], error["to"]) == ("undelivered", grace.seat)


async def test_a_burst_arrives_whole_and_in_order(pair):
    ada, grace = pair
    for n in range(150):
        await ada.say("signal", to=grace.seat, epochs=[1, 1], data={"n": n})
    heard = [(await grace.hear("signal"))["data"]["n"] for _ in range(150)]
    assert heard == list(range(150))


async def test_signals_do_not_wait_for_the_table(pair, monkeypatch):
    import threading

    ada, grace = pair
    held, free = threading.Event(), threading.Event()

    def slow(**kwargs: object) -> None:
        held.set()
        assert free.wait(10)
        raise OSError("slow and then broken")

    monkeypatch.setattr(chat, "post", slow)
    await ada.say("chat", text="hello", ref="c1")
    await seat_executor.run(held.wait, 5)
    await ada.say("signal", to=grace.seat, epochs=[1, 1], data=OFFER)
    assert (await grace.hear("signal"))["from"] == ada.seat
    free.set()
    error = await ada.hear("error")
    assert (error["code"], error["ref"]) == ("try_again", "c1")
