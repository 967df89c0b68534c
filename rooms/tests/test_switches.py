from __future__ import annotations


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
