"""The spotlight: set and ended by the host, seen by everyone, at most one per room."""

from __future__ import annotations

from typing import Any

from rooms.models import Seat
from rooms.runtime.executors import seat_executor
from rooms.services import seats
from rooms.services.rooms import create_room


def in_spotlight(welcome: dict[str, Any]) -> list[str]:
    return [seat["nickname"] for seat in welcome["seats"] if seat["spotlight"]]


async def test_everyone_learns_of_the_spotlight_including_late_joiners(connect, owner):
    olive, grace = await connect(owner), await connect()
    await olive.join("Olive")
    await grace.join("Grace")
    await olive.send("moderate", act="spotlight", seat=grace.seat, ref="s1")
    seat = (await grace.receive("seat.updated"))["seat"]
    assert (seat["id"], seat["spotlight"]) == (grace.seat, True)
    assert (await olive.receive("ack"))["ref"] == "s1"
    late = await connect()
    assert in_spotlight(await late.join("Late")) == ["Grace"]


async def test_a_new_spotlight_replaces_the_old_one_and_the_host_can_end_it(connect, owner):
    olive, ada, grace = await connect(owner), await connect(), await connect()
    for client, name in ((olive, "Olive"), (ada, "Ada"), (grace, "Grace")):
        await client.join(name)
    await olive.send("moderate", act="spotlight", seat=ada.seat)
    assert (await grace.receive("seat.updated"))["seat"]["spotlight"]
    await olive.send("moderate", act="spotlight", seat=grace.seat)
    updates = [(await ada.receive("seat.updated"))["seat"] for _ in range(3)][1:]
    assert [(seat["nickname"], seat["spotlight"]) for seat in updates] == [("Grace", True), ("Ada", False)]
    await olive.send("moderate", act="spotlight", seat=None, ref="end")
    await olive.receive("ack")
    assert in_spotlight(await _snapshot(ada)) == []


async def _snapshot(client) -> dict[str, Any]:
    await client.send("sync")
    welcome: dict[str, Any] = await client.receive("welcome")
    return welcome


async def test_setting_the_same_spotlight_again_sends_no_update(connect, owner):
    olive, ada = await connect(owner), await connect()
    await olive.join("Olive")
    await ada.join("Ada")
    await olive.send("moderate", act="spotlight", seat=ada.seat)
    await ada.receive("seat.updated")
    await olive.send("moderate", act="spotlight", seat=ada.seat, ref="again")
    await olive.receive("ack")
    assert await ada.receives_no("seat.updated")


async def test_members_guests_and_outsiders_cannot_set_the_spotlight(connect, owner, outsider):
    olive, otto, grace = await connect(owner), await connect(outsider), await connect()
    await olive.join("Olive")
    await otto.join("Otto")
    await grace.join("Grace")
    for client in (otto, grace):
        for seat in (client.seat, olive.seat, None):
            await client.send("moderate", act="spotlight", seat=seat)
            assert (await client.receive("error"))["code"] == "not_allowed"
    assert not await seat_executor.run(Seat.objects.filter(spotlight=True).exists)


async def test_previewers_cannot_set_and_people_in_other_rooms_cannot_get_the_spotlight(connect, owner, outsider):
    olive, previewer = await connect(owner), await connect(owner)
    await previewer.send("moderate", act="spotlight", seat=None)
    assert (await previewer.receive("error"))["code"] == "not_joined"
    await olive.join("Olive")
    other = await seat_executor.run(lambda: create_room(owner=outsider))
    stranger = await connect(slug=other.slug)
    await stranger.join("Stranger")
    await olive.send("moderate", act="spotlight", seat=stranger.seat)
    assert (await olive.receive("error"))["code"] == "no_such_seat"


async def test_a_reload_keeps_the_spotlight_and_leaving_ends_it(connect, owner, seat_row):
    olive, ada = await connect(owner), await connect()
    await olive.join("Olive")
    key = "0a" * 16
    await ada.join("Ada", key=key)
    await olive.send("moderate", act="spotlight", seat=ada.seat)
    await ada.receive("seat.updated")
    await ada.close(1001)
    again = await connect(cookie=ada.cookie)
    assert in_spotlight(await again.join("Ada", key=key, attempt=2)) == ["Ada"]
    await again.send("leave")
    await again.receive_bye()
    assert not (await seat_row(ada.seat)).spotlight


async def test_a_reopened_seat_does_not_take_back_a_spotlight_that_moved_on(connect, owner, hub, time):
    olive, ada, grace = await connect(owner), await connect(), await connect()
    await olive.join("Olive")
    await grace.join("Grace")
    await ada.join("Ada", key="0b" * 16)
    await olive.send("moderate", act="spotlight", seat=ada.seat)
    await ada.receive("seat.updated")
    await seat_executor.run(lambda: seats.end(Seat.objects.filter(pk=ada.seat), Seat.Reason.EXPIRED))
    await olive.send("moderate", act="spotlight", seat=grace.seat, ref="s2")
    await olive.receive("ack")
    again = await connect(cookie=ada.cookie)
    assert in_spotlight(await again.join("Ada", key="0b" * 16, attempt=2)) == ["Grace"]
