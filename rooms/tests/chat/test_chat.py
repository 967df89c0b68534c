"""Chat in a call: delivery, private messages, validation, and history page by page."""

from __future__ import annotations

import pytest

from rooms import protocol
from rooms.models import Seat
from rooms.runtime.executors import seat_executor


@pytest.fixture
async def pair(connect):
    ada, grace = await connect(), await connect()
    await ada.join("Ada")
    await grace.join("Grace")
    return ada, grace


async def test_a_message_reaches_everyone_including_the_sender(pair):
    ada, grace = pair
    await ada.send("chat", text="  Hello <b>all</b>  ", ref="c1")
    lines = [(await client.receive("chat"))["line"] for client in pair]
    assert lines[0] == lines[1]
    assert (lines[0]["text"], lines[0]["seat"], lines[0]["nickname"]) == ("Hello <b>all</b>", ada.seat, "Ada")
    assert (await ada.receive("ack"))["ref"] == "c1"


async def test_a_message_sent_twice_with_the_same_ref_is_stored_once(pair, connect):
    ada, grace = pair
    await ada.send("chat", text="Hello", ref="c1")
    await ada.send("chat", text="Hello", ref="c1")
    first, second = [(await grace.receive("chat"))["line"] for _ in range(2)]
    assert first == second
    late = await connect()
    welcome = await late.join("Late")
    assert [line["text"] for line in welcome["chat"]] == ["Hello"]


async def test_a_private_message_reaches_one_person_and_stays_private_in_history(pair, connect):
    ada, grace = pair
    third = await connect()
    await third.join("Third")
    await ada.send("chat", text="psst", ref="c1", to=grace.seat)
    line = (await grace.receive("chat"))["line"]
    assert (line["to"], line["to_nickname"]) == (grace.seat, "Grace")
    assert (await ada.receive("chat"))["line"]["text"] == "psst"
    assert await third.receives_no("chat")
    late = await connect()
    assert (await late.join("Late"))["chat"] == []


async def test_a_private_message_to_an_unknown_seat_or_oneself_is_refused(pair):
    ada, _ = pair
    for target in ("0" * 16, ada.seat):
        await ada.send("chat", text="psst", ref="c1", to=target)
        assert (await ada.receive("error"))["code"] == "no_such_seat"


async def test_a_message_that_is_empty_too_long_or_without_ref_is_refused(pair):
    ada, _ = pair
    await ada.send("chat", text="   ", ref="c1")
    assert (await ada.receive("error"))["code"] == "bad_message"
    await ada.send("chat", text="no ref")
    assert (await ada.receive("error"))["code"] == "bad_message"
    await ada.send("chat", text="x" * (protocol.CHAT_MAX + 1), ref="c2")
    assert (await ada.receive("error"))["code"] == "too_large"


async def test_the_next_meeting_does_not_see_the_chat_of_the_last_one(pair, connect, hub, time):
    ada, grace = pair
    await ada.send("chat", text="secret plans", ref="c1")
    await grace.receive("chat")
    for client in pair:
        await client.send("leave")
        await client.receive_bye()
    time.advance(3600)
    next_week = await connect()
    assert (await next_week.join("Next"))["chat"] == []


async def test_history_shows_the_nicknames_of_the_time_a_message_was_sent(pair, connect):
    ada, grace = pair
    await ada.send("chat", text="psst", ref="c1", to=grace.seat)
    await ada.receive("ack")
    await grace.close(1006)
    again = await connect(cookie=grace.cookie)
    await seat_executor.run(
        lambda: Seat.objects.filter(pk=ada.seat).update(nickname="Countess", nickname_key="countess")
    )
    key = grace.key
    line = (await again.join("Admiral", key=key, attempt=2))["chat"][0]
    assert (line["nickname"], line["to_nickname"]) == ("Ada", "Grace")


async def test_a_late_joiner_can_page_through_earlier_chat(pair, connect, monkeypatch):
    monkeypatch.setattr(protocol, "CHAT_HISTORY", 3)
    ada, grace = pair
    for number in range(1, 8):
        to = {"to": grace.seat} if number == 4 else {}
        await ada.send("chat", text=str(number), ref=str(number), **to)
        await ada.receive("ack")
    late = await connect()
    pages = [(await late.join("Late"))["chat"]]
    while len(pages[-1]) == 3:
        await late.send("chat.earlier", before=pages[-1][0]["id"])
        pages.append((await late.receive("chat.lines"))["lines"])
    assert [[line["text"] for line in page] for page in pages] == [["5", "6", "7"], ["1", "2", "3"], []]


async def test_only_people_with_a_seat_can_read_earlier_chat(pair, connect, outsider):
    ada, _ = pair
    await ada.send("chat", text="Hello", ref="c1")
    await ada.receive("ack")
    for stranger in (await connect(), await connect(outsider)):
        await stranger.send("chat.earlier", before=2**53)
        assert (await stranger.receive("error"))["code"] == "not_joined"
