"""Microphone, camera and hand switches, reactions, and sync."""

from __future__ import annotations

from typing import Any

from rooms.protocol import HAND_UNDO_SECONDS


async def test_everyone_sees_switches_and_raised_hands(connect, time):
    ada, grace = await connect(), await connect()
    await ada.join("Ada")
    await grace.join("Grace")
    await ada.send("state", mic=False)
    seat = (await grace.receive("seat.updated"))["seat"]
    assert (seat["id"], seat["mic"], seat["cam"]) == (ada.seat, False, True)
    await ada.send("state", hand=True)
    assert (await grace.receive("seat.updated"))["seat"]["hand"] == time.seconds
    time.advance(5)
    await ada.send("state", hand=True)
    assert (await grace.receive("seat.updated"))["seat"]["hand"] == time.seconds - 5, "a raised hand keeps its place"
    await ada.send("state", hand=False)
    assert (await grace.receive("seat.updated"))["seat"]["hand"] is None


async def test_a_hand_raised_again_soon_after_lowering_gets_its_place_back(connect, time):
    ada = await connect()
    await ada.join("Ada")
    raised_at = time.seconds

    async def hand_after(seconds: float, up: bool) -> Any:
        time.advance(seconds)
        await ada.send("state", hand=up)
        return (await ada.receive("seat.updated"))["seat"]["hand"]

    assert await hand_after(0, True) == raised_at
    assert await hand_after(60, False) is None
    assert await hand_after(HAND_UNDO_SECONDS, True) == raised_at
    assert await hand_after(0, False) is None
    assert await hand_after(5, False) is None, "lowered twice, it is lowered since the first time"
    assert await hand_after(HAND_UNDO_SECONDS - 4, True) == time.seconds, "too late, it is a new hand"
    assert await hand_after(1, True) == time.seconds - 1


async def test_a_client_cannot_choose_when_its_hand_was_raised(connect, time):
    ada = await connect()
    await ada.join("Ada")
    for claim in (time.seconds - 100, {"at": time.seconds - 100}):
        await ada.send("state", hand=claim)
        assert (await ada.receive("error"))["code"] == "bad_message"


async def test_known_reactions_are_relayed_and_others_refused(connect):
    ada, grace = await connect(), await connect()
    await ada.join("Ada")
    await grace.join("Grace")
    await ada.send("reaction", emoji="🎉")
    assert await grace.receive("reaction") == {"type": "reaction", "from": ada.seat, "emoji": "🎉"}
    await ada.send("reaction", emoji="<script>")
    assert (await ada.receive("error"))["code"] == "bad_message"


async def test_sync_sends_the_snapshot_again(connect):
    ada, grace = await connect(), await connect()
    await ada.join("Ada")
    await grace.join("Grace")
    await ada.send("sync")
    welcome = await ada.receive("welcome")
    assert {seat["nickname"] for seat in welcome["seats"]} == {"Ada", "Grace"}
    assert welcome["seat"] == ada.seat
