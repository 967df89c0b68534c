from __future__ import annotations

from typing import Any

from rooms.protocol import HAND_UNDO_SECONDS


async def test_switches_and_hand_are_seen_by_everybody(door, time):
    ada, grace = await door(), await door()
    await ada.join("Ada")
    await grace.join("Grace")
    await ada.say("state", mic=False)
    seat = (await grace.hear("seat.updated"))["seat"]
    assert (seat["id"], seat["mic"], seat["cam"]) == (ada.seat, False, True)
    await ada.say("state", hand=True)
    assert (await grace.hear("seat.updated"))["seat"]["hand"] == time.time
    time.move(5)
    await ada.say("state", hand=True)
    assert (await grace.hear("seat.updated"))["seat"]["hand"] == time.time - 5, "a raised hand keeps its place"
    await ada.say("state", hand=False)
    assert (await grace.hear("seat.updated"))["seat"]["hand"] is None


async def test_a_hand_lowered_and_raised_again_at_once_has_its_place_back(door, time):
    ada = await door()
    await ada.join("Ada")
    raised_at = time.time

    async def hand_after(seconds: float, up: bool) -> Any:
        time.move(seconds)
        await ada.say("state", hand=up)
        return (await ada.hear("seat.updated"))["seat"]["hand"]

    assert await hand_after(0, True) == raised_at
    assert await hand_after(60, False) is None
    assert await hand_after(HAND_UNDO_SECONDS, True) == raised_at
    assert await hand_after(0, False) is None
    assert await hand_after(5, False) is None, "lowered twice, it is lowered since the first time"
    assert await hand_after(HAND_UNDO_SECONDS - 4, True) == time.time, "too late, it is a new hand"
    assert await hand_after(1, True) == time.time - 1


async def test_nobody_says_when_they_raised_their_hand(door, time):
    ada = await door()
    await ada.join("Ada")
    for claim in (time.time - 100, {"at": time.time - 100}):
        await ada.say("state", hand=claim)
        assert (await ada.hear("error"))["code"] == "bad_message"


async def test_a_reaction_is_seen_and_only_the_known_ones(door):
    ada, grace = await door(), await door()
    await ada.join("Ada")
    await grace.join("Grace")
    await ada.say("reaction", emoji="🎉")
    assert await grace.hear("reaction") == {"type": "reaction", "from": ada.seat, "emoji": "🎉"}
    await ada.say("reaction", emoji="<script>")
    assert (await ada.hear("error"))["code"] == "bad_message"


async def test_sync_gives_the_snapshot_again(door):
    ada, grace = await door(), await door()
    await ada.join("Ada")
    await grace.join("Grace")
    await ada.say("sync")
    welcome = await ada.hear("welcome")
    assert {seat["nickname"] for seat in welcome["seats"]} == {"Ada", "Grace"}
    assert welcome["seat"] == ada.seat
