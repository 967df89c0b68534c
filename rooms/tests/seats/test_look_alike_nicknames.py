"""Nicknames that cannot be told apart: refused in hello and in changes; seats of before the rules keep theirs."""

from __future__ import annotations

import pytest

from rooms.models import Seat
from rooms.runtime.executors import seat_executor
from rooms.tests.conftest import FakeClock

SAME = ["Аda", "Ada\ufe0f", "A\u034fda", "Ada\u180e", "ADA\u3164", "\u200cAda", "Ada\U000e0041"]


@pytest.mark.parametrize("name", SAME)
async def test_a_name_that_looks_like_anothers_is_taken(connect, name: str) -> None:
    ada, twin = await connect(), await connect()
    await ada.join("Ada")
    answer = await twin.join(name)
    assert answer.get("code") == "nickname_taken"
    assert (await twin.join(answer["suggestion"]))["type"] == "welcome"
    await twin.send("nickname", nickname=name, ref="n1")
    assert (await twin.receive("error", "ack")).get("code") == "nickname_taken"


@pytest.mark.parametrize("name", ["\u3164", "\u2800", "\uffa0", "\u115f\u1160", "\ufe0f", "\u034f", "\u180e", "\u0301"])
async def test_a_name_that_shows_nothing_is_refused(connect, name: str) -> None:
    ada = await connect()
    assert (await ada.join(name)).get("code") == "nickname_invalid"
    await ada.join("Ada")
    await ada.send("nickname", nickname=name, ref="n1")
    assert (await ada.receive("error", "ack")).get("code") == "nickname_invalid"


async def test_what_is_appended_unseen_is_not_kept(connect) -> None:
    ada = await connect()
    assert (await ada.join("Ada\U000e0101\u034f" + "\u0310\u0311" * 20))["type"] == "welcome"
    (name,) = ada.roster().values()
    assert (name[:3], len(name) <= 11) == ("Ada", True)


@pytest.mark.parametrize("old", ["\u3164", "Ada\u034f", "Аda", "A" + "\u0310" * 30])
async def test_a_seat_of_before_the_rules_is_resumed_under_its_name(connect, time: FakeClock, old: str) -> None:
    ada, other = await connect(), await connect()
    await ada.join("Ada")
    await other.join("Grace")
    await seat_executor.run(lambda: Seat.objects.filter(pk=other.seat).update(nickname=old, nickname_key=old))
    await other.close(1006)
    time.advance(2)
    again = await connect(cookie=other.cookie)
    assert (await again.join(old, key=other.key, attempt=2))["type"] == "welcome"
    assert again.roster() == {ada.seat: "Ada", other.seat: old}
    await again.send("nickname", nickname="Augusta", ref="n1")
    assert (await again.receive("ack", "error"))["type"] == "ack"


async def test_a_seat_of_before_the_rules_is_found_by_its_name_when_its_page_is_gone(connect, time: FakeClock) -> None:
    ada = await connect()
    await ada.join("Ada")
    old = "Ada\u034f"
    await seat_executor.run(lambda: Seat.objects.filter(pk=ada.seat).update(nickname=old, nickname_key=old.lower()))
    await ada.close(1006)
    time.advance(2)
    again = await connect(cookie=ada.cookie)
    await again.join("Ada")
    assert again.roster() == {ada.seat: "Ada"}


async def test_the_name_of_another_seat_is_not_kept(connect) -> None:
    ada, other = await connect(), await connect()
    await ada.join("Ada")
    await other.join("Grace")
    again = await connect(cookie=other.cookie)
    assert (await again.join("Ada", key=other.key, attempt=2)).get("code") == "nickname_taken"
    assert (await again.join("\u3164", key=other.key, attempt=3)).get("code") == "nickname_invalid"
