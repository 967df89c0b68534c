from __future__ import annotations

from typing import Any

from rooms.models import Seat
from rooms.runtime.executors import seat_executor
from rooms.services import rooms as services
from rooms.services import seats


def in_spotlight(welcome: dict[str, Any]) -> list[str]:
    return [seat["nickname"] for seat in welcome["seats"] if seat["spotlight"]]


async def test_everybody_learns_who_is_in_the_spotlight_and_who_comes_late_too(door, owner):
    olive, grace = await door(owner), await door()
    await olive.join("Olive")
    await grace.join("Grace")
    await olive.say("moderate", act="spotlight", seat=grace.seat, ref="s1")
    seat = (await grace.hear("seat.updated"))["seat"]
    assert (seat["id"], seat["spotlight"]) == (grace.seat, True)
    assert (await olive.hear("ack"))["ref"] == "s1"
    late = await door()
    assert in_spotlight(await late.join("Late")) == ["Grace"]


async def test_one_spotlight_at_a_time_which_the_host_ends(door, owner):
    olive, ada, grace = await door(owner), await door(), await door()
    for caller, name in ((olive, "Olive"), (ada, "Ada"), (grace, "Grace")):
        await caller.join(name)
    await olive.say("moderate", act="spotlight", seat=ada.seat)
    assert (await grace.hear("seat.updated"))["seat"]["spotlight"]
    await olive.say("moderate", act="spotlight", seat=grace.seat)
    told = [(await ada.hear("seat.updated"))["seat"] for _ in range(3)][1:]
    assert [(seat["nickname"], seat["spotlight"]) for seat in told] == [("Grace", True), ("Ada", False)]
    await olive.say("moderate", act="spotlight", seat=None, ref="end")
    await olive.hear("ack")
    assert in_spotlight(await _snapshot(ada)) == []


async def _snapshot(caller) -> dict[str, Any]:
    await caller.say("sync")
    welcome: dict[str, Any] = await caller.hear("welcome")
    return welcome


async def test_the_same_spotlight_again_is_no_news(door, owner):
    olive, ada = await door(owner), await door()
    await olive.join("Olive")
    await ada.join("Ada")
    await olive.say("moderate", act="spotlight", seat=ada.seat)
    await ada.hear("seat.updated")
    await olive.say("moderate", act="spotlight", seat=ada.seat, ref="again")
    await olive.hear("ack")
    assert await ada.hears_nothing_of("seat.updated")


async def test_members_guests_and_outsiders_put_nobody_into_the_spotlight(door, owner, outsider):
    olive, otto, grace = await door(owner), await door(outsider), await door()
    await olive.join("Olive")
    await otto.join("Otto")
    await grace.join("Grace")
    for caller in (otto, grace):
        for seat in (caller.seat, olive.seat, None):
            await caller.say("moderate", act="spotlight", seat=seat)
            assert (await caller.hear("error"))["code"] == "not_allowed"
    assert not await seat_executor.run(Seat.objects.filter(spotlight=True).exists)


async def test_who_looks_in_and_who_sits_elsewhere_are_out_of_reach(door, owner, outsider):
    olive, looker = await door(owner), await door(owner)
    await looker.say("moderate", act="spotlight", seat=None)
    assert (await looker.hear("error"))["code"] == "not_joined"
    await olive.join("Olive")
    other = await seat_executor.run(lambda: services.create_room(owner=outsider))
    stranger = await door(slug=other.slug)
    await stranger.join("Stranger")
    await olive.say("moderate", act="spotlight", seat=stranger.seat)
    assert (await olive.hear("error"))["code"] == "no_such_seat"


async def test_a_reload_keeps_the_spotlight_and_leaving_ends_it(door, owner, seat_row):
    olive, ada = await door(owner), await door()
    await olive.join("Olive")
    key = "0a" * 16
    await ada.join("Ada", key=key)
    await olive.say("moderate", act="spotlight", seat=ada.seat)
    await ada.hear("seat.updated")
    await ada.close(1001)
    again = await door(cookie=ada.cookie)
    assert in_spotlight(await again.join("Ada", key=key, attempt=2)) == ["Ada"]
    await again.say("leave")
    await again.bye()
    assert not (await seat_row(ada.seat)).spotlight


async def test_who_comes_back_late_does_not_bring_back_a_spotlight_that_moved_on(door, owner, hub, time):
    olive, ada, grace = await door(owner), await door(), await door()
    await olive.join("Olive")
    await grace.join("Grace")
    await ada.join("Ada", key="0b" * 16)
    await olive.say("moderate", act="spotlight", seat=ada.seat)
    await ada.hear("seat.updated")
    await seat_executor.run(lambda: seats.end(Seat.objects.filter(pk=ada.seat), Seat.Reason.EXPIRED))
    await olive.say("moderate", act="spotlight", seat=grace.seat, ref="s2")
    await olive.hear("ack")
    again = await door(cookie=ada.cookie)
    assert in_spotlight(await again.join("Ada", key="0b" * 16, attempt=2)) == ["Grace"]
