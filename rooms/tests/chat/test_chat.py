from __future__ import annotations

import pytest

from rooms import protocol
from rooms.models import Seat
from rooms.runtime.executors import seat_executor


@pytest.fixture
async def pair(door):
    ada, grace = await door(), await door()
    await ada.join("Ada")
    await grace.join("Grace")
    return ada, grace


async def test_everybody_gets_a_line_the_sender_too(pair):
    ada, grace = pair
    await ada.say("chat", text="  Hello <b>all</b>  ", ref="c1")
    lines = [(await caller.hear("chat"))["line"] for caller in pair]
    assert lines[0] == lines[1]
    assert (lines[0]["text"], lines[0]["seat"], lines[0]["nickname"]) == ("Hello <b>all</b>", ada.seat, "Ada")
    assert (await ada.hear("ack"))["ref"] == "c1"


async def test_a_line_sent_twice_with_one_ref_is_kept_once(pair, door):
    ada, grace = pair
    await ada.say("chat", text="Hello", ref="c1")
    await ada.say("chat", text="Hello", ref="c1")
    first, second = [(await grace.hear("chat"))["line"] for _ in range(2)]
    assert first == second
    late = await door()
    welcome = await late.join("Late")
    assert [line["text"] for line in welcome["chat"]] == ["Hello"]


async def test_a_private_line_reaches_one_person_and_stays_private_in_history(pair, door):
    ada, grace = pair
    third = await door()
    await third.join("Third")
    await ada.say("chat", text="psst", ref="c1", to=grace.seat)
    line = (await grace.hear("chat"))["line"]
    assert (line["to"], line["to_nickname"]) == (grace.seat, "Grace")
    assert (await ada.hear("chat"))["line"]["text"] == "psst"
    assert await third.hears_nothing_of("chat")
    late = await door()
    assert (await late.join("Late"))["chat"] == []


async def test_a_private_line_to_nobody_is_refused(pair):
    ada, _ = pair
    for target in ("0" * 16, ada.seat):
        await ada.say("chat", text="psst", ref="c1", to=target)
        assert (await ada.hear("error"))["code"] == "no_such_seat"


async def test_a_line_must_have_text_a_ref_and_an_end(pair):
    ada, _ = pair
    await ada.say("chat", text="   ", ref="c1")
    assert (await ada.hear("error"))["code"] == "bad_message"
    await ada.say("chat", text="no ref")
    assert (await ada.hear("error"))["code"] == "bad_message"
    await ada.say("chat", text="x" * (protocol.CHAT_MAX + 1), ref="c2")
    assert (await ada.hear("error"))["code"] == "too_large"


async def test_the_next_meeting_does_not_see_the_last_ones_chat(pair, door, hub, time):
    ada, grace = pair
    await ada.say("chat", text="secret plans", ref="c1")
    await grace.hear("chat")
    for caller in pair:
        await caller.say("leave")
        await caller.bye()
    time.move(3600)
    next_week = await door()
    assert (await next_week.join("Next"))["chat"] == []


async def test_names_stay_as_they_were_when_a_line_was_written(pair, door):
    ada, grace = pair
    await ada.say("chat", text="psst", ref="c1", to=grace.seat)
    await ada.hear("ack")
    await grace.close(1006)
    again = await door(cookie=grace.cookie)
    await seat_executor.run(
        lambda: Seat.objects.filter(pk=ada.seat).update(nickname="Countess", nickname_key="countess")
    )
    key = grace.key
    line = (await again.join("Admiral", key=key, attempt=2))["chat"][0]
    assert (line["nickname"], line["to_nickname"]) == ("Ada", "Grace")


async def test_who_comes_late_reads_page_by_page_what_was_written(pair, door, monkeypatch):
    monkeypatch.setattr(protocol, "CHAT_HISTORY", 3)
    ada, grace = pair
    for number in range(1, 8):
        to = {"to": grace.seat} if number == 4 else {}
        await ada.say("chat", text=str(number), ref=str(number), **to)
        await ada.hear("ack")
    late = await door()
    pages = [(await late.join("Late"))["chat"]]
    while len(pages[-1]) == 3:
        await late.say("chat.earlier", before=pages[-1][0]["id"])
        pages.append((await late.hear("chat.lines"))["lines"])
    assert [[line["text"] for line in page] for page in pages] == [["5", "6", "7"], ["1", "2", "3"], []]


async def test_only_who_sits_in_the_room_reads_what_was_written(pair, door, outsider):
    ada, _ = pair
    await ada.say("chat", text="Hello", ref="c1")
    await ada.hear("ack")
    for stranger in (await door(), await door(outsider)):
        await stranger.say("chat.earlier", before=2**53)
        assert (await stranger.hear("error"))["code"] == "not_joined"
