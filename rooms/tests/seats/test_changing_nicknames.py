"""Changing a nickname during a call follows the rules of joining with one."""

from __future__ import annotations

import asyncio

from accounts.people import person_of_cookies
from rooms.runtime.executors import seat_executor
from rooms.tests.conftest import FakeClock
from rooms.tests.seats.test_remembered_nicknames import cookies_of


async def test_everyone_sees_a_changed_nickname(connect):
    ada, grace = await connect(), await connect()
    await ada.join("Ada")
    await grace.join("Grace")
    await grace.send("nickname", nickname="  Grace   H.\u202e ", ref="n1")
    for one in (ada, grace):
        seat = (await one.receive("seat.updated"))["seat"]
        assert (seat["id"], seat["nickname"]) == (grace.seat, "Grace H.")
    assert (await grace.receive("ack"))["ref"] == "n1"


async def test_previewers_see_a_changed_nickname(connect):
    ada, previewer = await connect(), await connect()
    await ada.join("Ada")
    await previewer.send("peek")
    await previewer.receive("room")
    await ada.send("nickname", nickname="Augusta")
    assert (await previewer.receive("room"))["nicknames"] == ["Augusta"]


async def test_a_taken_nickname_is_refused_with_a_suggestion(connect):
    ada, grace = await connect(), await connect()
    await ada.join("Ada")
    await grace.join("Grace")
    await grace.send("nickname", nickname="ADA", ref="n1")
    answer = await grace.receive("error")
    assert (answer["code"], answer["suggestion"], answer["ref"]) == ("nickname_taken", "ADA 2", "n1")
    await grace.send("nickname", nickname=answer["suggestion"])
    assert (await ada.receive("seat.updated"))["seat"]["nickname"] == "ADA 2"


async def test_a_persons_own_nickname_in_another_spelling_is_not_taken(connect):
    ada = await connect()
    await ada.join("ada")
    await ada.send("nickname", nickname="Ada")
    assert (await ada.receive("seat.updated"))["seat"]["nickname"] == "Ada"


async def test_an_invisible_nickname_is_refused(connect, seat_row):
    ada = await connect()
    await ada.join("Ada")
    await ada.send("nickname", nickname=" \u202e ")
    assert (await ada.receive("error"))["code"] == "nickname_invalid"
    assert (await seat_row(ada.seat)).nickname == "Ada"


async def test_only_people_with_a_seat_can_change_their_nickname(connect, outsider, room):
    ada, previewer, otto = await connect(), await connect(), await connect(outsider)
    await ada.join("Ada")
    for client in (previewer, otto):
        await client.send("nickname", nickname="Eve")
        assert (await client.receive("error"))["code"] == "not_joined"
    assert await ada.receives_no("seat.updated")


async def test_when_two_people_want_the_same_nickname_at_once_one_gets_it(connect):
    ada, grace = await connect(), await connect()
    await ada.join("Ada")
    await grace.join("Grace")
    await asyncio.gather(*(one.send("nickname", nickname="Linus", ref="n1") for one in (ada, grace)))
    answers = [await one.receive("ack", "error") for one in (ada, grace)]
    assert sorted(answer["type"] for answer in answers) == ["ack", "error"]
    assert next(answer["suggestion"] for answer in answers if answer["type"] == "error") == "Linus 2"


async def test_the_previous_nickname_is_free_for_others(connect):
    ada, other = await connect(), await connect()
    await ada.join("Ada")
    await ada.send("nickname", nickname="Augusta", ref="n1")
    await ada.receive("ack")
    assert (await other.join("Ada"))["type"] == "welcome"


async def test_chat_keeps_the_nickname_it_was_sent_under(connect):
    ada, late = await connect(), await connect()
    await ada.join("Ada")
    await ada.send("chat", text="before", ref="c1")
    await ada.send("nickname", nickname="Augusta")
    await ada.send("chat", text="after", ref="c2")
    assert [(await ada.receive("chat"))["line"]["nickname"] for _ in range(2)] == ["Ada", "Augusta"]
    await late.join("Late")
    assert [line["nickname"] for line in late.welcome["chat"]] == ["Ada", "Augusta"]


async def test_a_changed_nickname_is_remembered_in_the_session(connect, hub):
    ada = await connect()
    await ada.join("Ada")
    await ada.send("nickname", nickname="Augusta", ref="n1")
    await ada.receive("ack")
    await hub.tasks.settle()
    assert (await seat_executor.run(person_of_cookies, cookies_of(ada))).nickname == "Augusta"


async def test_a_changed_nickname_survives_a_lost_connection(connect, time: FakeClock):
    ada, grace = await connect(), await connect()
    await ada.join("Ada")
    await grace.join("Grace")
    await ada.send("nickname", nickname="Augusta", ref="n1")
    await ada.receive("ack")
    await ada.close(1006)
    time.advance(2)
    again = await connect(cookie=ada.cookie)
    await again.join("Augusta", key=ada.key, attempt=2)
    assert again.roster() == {ada.seat: "Augusta", grace.seat: "Grace"}
