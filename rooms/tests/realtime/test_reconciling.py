"""Whatever event is lost, every roster equals the table."""

from __future__ import annotations

import pytest

from rooms.models import Room, Seat
from rooms.runtime.executors import seat_executor
from rooms.services import events as outgoing
from rooms.services import processes
from rooms.services import rooms as services
from rooms.services.moderation import remove_person


@pytest.fixture
def lost_events(hub):
    """From now on what happens is written to the table and told to nobody."""

    def lose() -> None:
        outgoing.listeners.clear()

    yield lose
    outgoing.listeners.append(hub.announce)


async def pair_of(door):
    ada, grace = await door(), await door()
    await ada.join("Ada")
    await grace.join("Grace")
    return ada, grace


async def sweep(hub, time):
    time.move(4)
    await hub.reconciler.once()


async def test_a_change_nobody_was_told_of(door, hub, time):
    ada, grace = await pair_of(door)
    await seat_executor.run(lambda: Seat.objects.filter(pk=grace.seat).update(mic=False, rev=7))
    await sweep(hub, time)
    seat = (await ada.hear("seat.updated"))["seat"]
    assert (seat["id"], seat["mic"], seat["rev"]) == (grace.seat, False, 7)


async def test_a_person_nobody_heard_coming(door, hub, time, room):
    ada, _ = await pair_of(door)

    def arrive() -> None:
        from config.ground.clock import clock

        processes.heartbeat("other0process000")
        Seat.objects.create(
            id="f" * 16, room=room, nickname="Elsewhere", nickname_key="elsewhere", key_hash="x", page="p" * 8,
            joined_at=clock.now(), process="other0process000", socket="1",
        )  # fmt: skip

    await seat_executor.run(arrive)
    await sweep(hub, time)
    joined = (await ada.hear("seat.joined"))["seat"]
    while joined["id"] != "f" * 16:
        joined = (await ada.hear("seat.joined"))["seat"]
    assert joined["nickname"] == "Elsewhere"
    assert hub.reconciler.corrections == 1


async def test_a_removal_nobody_was_told_of(door, hub, time, owner, lost_events):
    ada, grace = await pair_of(door)
    lost_events()
    seat = await seat_executor.run(lambda: Seat.objects.select_related("room").get(pk=grace.seat))
    await seat_executor.run(lambda: remove_person(seat=seat, by=owner))
    await sweep(hub, time)
    assert (await grace.bye())["code"] == "removed"
    assert (await ada.hear("seat.left"))["reason"] == "removed"


async def test_a_closed_room_nobody_was_told_of(door, hub, time, owner, room, lost_events):
    ada, grace = await pair_of(door)
    lost_events()
    await seat_executor.run(lambda: services.close_room(room=room, by=owner))
    await sweep(hub, time)
    for caller in (ada, grace):
        assert (await caller.bye())["code"] == "closed"


async def test_a_seat_taken_over_by_another_process(door, hub, time):
    ada, grace = await pair_of(door)
    await seat_executor.run(
        lambda: Seat.objects.filter(pk=grace.seat).update(process="other0process000", socket="1", rev=3)
    )
    await sweep(hub, time)
    assert (await grace.bye())["code"] == "taken"


async def test_a_rename_nobody_was_told_of(door, hub, time, room):
    ada, _ = await pair_of(door)
    await seat_executor.run(lambda: Room.objects.filter(pk=room.pk).update(name="Quietly", rev=5))
    await sweep(hub, time)
    assert (await ada.hear("room.updated"))["room"]["name"] == "Quietly"


async def test_a_quiet_room_needs_no_correction(door, hub, time):
    ada, grace = await pair_of(door)
    await ada.say("state", hand=True)
    await grace.hear("seat.updated")
    await sweep(hub, time)
    await ada.say("ping")
    await sweep(hub, time)
    assert hub.reconciler.corrections == 0
