"""A nickname is changed in the midst of a call, by the rules of the door."""

from __future__ import annotations

import asyncio

from accounts.people import person_of_cookies
from rooms.runtime.executors import seat_executor
from rooms.tests.conftest import MovingClock
from rooms.tests.seats.test_remembered_nicknames import cookies_of


async def test_everybody_sees_a_changed_nickname(door):
    ada, grace = await door(), await door()
    await ada.join("Ada")
    await grace.join("Grace")
    await grace.say("nickname", nickname="  Grace   H.\u202e ", ref="n1")
    for one in (ada, grace):
        seat = (await one.hear("seat.updated"))["seat"]
        assert (seat["id"], seat["nickname"]) == (grace.seat, "Grace H.")
    assert (await grace.hear("ack"))["ref"] == "n1"


async def test_who_looks_in_from_the_green_room_reads_it_too(door):
    ada, looker = await door(), await door()
    await ada.join("Ada")
    await looker.say("peek")
    await looker.hear("room")
    await ada.say("nickname", nickname="Augusta")
    assert (await looker.hear("room"))["nicknames"] == ["Augusta"]


async def test_a_taken_nickname_is_refused_with_a_free_one(door):
    ada, grace = await door(), await door()
    await ada.join("Ada")
    await grace.join("Grace")
    await grace.say("nickname", nickname="ADA", ref="n1")
    answer = await grace.hear("error")
    assert (answer["code"], answer["suggestion"], answer["ref"]) == ("nickname_taken", "ADA 2", "n1")
    await grace.say("nickname", nickname=answer["suggestion"])
    assert (await ada.hear("seat.updated"))["seat"]["nickname"] == "ADA 2"


async def test_another_spelling_of_the_own_nickname_is_not_taken(door):
    ada = await door()
    await ada.join("ada")
    await ada.say("nickname", nickname="Ada")
    assert (await ada.hear("seat.updated"))["seat"]["nickname"] == "Ada"


async def test_a_nickname_that_shows_nothing_is_refused(door, seat_row):
    ada = await door()
    await ada.join("Ada")
    await ada.say("nickname", nickname=" \u202e ")
    assert (await ada.hear("error"))["code"] == "nickname_invalid"
    assert (await seat_row(ada.seat)).nickname == "Ada"


async def test_only_who_sits_here_has_a_nickname_to_change(door, outsider, room):
    ada, passer_by, otto = await door(), await door(), await door(outsider)
    await ada.join("Ada")
    for nobody in (passer_by, otto):
        await nobody.say("nickname", nickname="Eve")
        assert (await nobody.hear("error"))["code"] == "not_joined"
    assert await ada.hears_nothing_of("seat.updated")


async def test_of_two_who_want_one_nickname_in_the_same_instant_one_gets_it(door):
    ada, grace = await door(), await door()
    await ada.join("Ada")
    await grace.join("Grace")
    await asyncio.gather(*(one.say("nickname", nickname="Linus", ref="n1") for one in (ada, grace)))
    answers = [await one.hear("ack", "error") for one in (ada, grace)]
    assert sorted(answer["type"] for answer in answers) == ["ack", "error"]
    assert next(answer["suggestion"] for answer in answers if answer["type"] == "error") == "Linus 2"


async def test_the_nickname_left_behind_is_free_for_others(door):
    ada, other = await door(), await door()
    await ada.join("Ada")
    await ada.say("nickname", nickname="Augusta", ref="n1")
    await ada.hear("ack")
    assert (await other.join("Ada"))["type"] == "welcome"


async def test_chat_keeps_the_nickname_of_its_time(door):
    ada, late = await door(), await door()
    await ada.join("Ada")
    await ada.say("chat", text="before", ref="c1")
    await ada.say("nickname", nickname="Augusta")
    await ada.say("chat", text="after", ref="c2")
    assert [(await ada.hear("chat"))["line"]["nickname"] for _ in range(2)] == ["Ada", "Augusta"]
    await late.join("Late")
    assert [line["nickname"] for line in late.welcome["chat"]] == ["Ada", "Augusta"]


async def test_it_is_there_in_the_next_green_room(door, hub):
    ada = await door()
    await ada.join("Ada")
    await ada.say("nickname", nickname="Augusta", ref="n1")
    await ada.hear("ack")
    await hub.tasks.settle()
    assert (await seat_executor.run(person_of_cookies, cookies_of(ada))).nickname == "Augusta"


async def test_it_survives_a_lost_connection(door, time: MovingClock):
    ada, grace = await door(), await door()
    await ada.join("Ada")
    await grace.join("Grace")
    await ada.say("nickname", nickname="Augusta", ref="n1")
    await ada.hear("ack")
    await ada.close(1006)
    time.move(2)
    again = await door(cookie=ada.cookie)
    await again.join("Augusta", key=ada.key, attempt=2)
    assert again.roster() == {ada.seat: "Augusta", grace.seat: "Grace"}
