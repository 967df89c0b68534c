"""The reconciler makes every roster equal the database again, whichever event was lost."""

from __future__ import annotations

import pytest

from rooms.models import Room, Seat
from rooms.runtime.executors import seat_executor
from rooms.services import events, processes
from rooms.services.moderation import remove_person
from rooms.services.rooms import close_room


@pytest.fixture
def lose_events(hub):
    """``lose_events()``: from now on changes are written to the database, but no event is delivered."""

    def clear_listeners() -> None:
        events.listeners.clear()

    yield clear_listeners
    events.listeners.append(hub.announce)


async def join_pair(connect):
    ada, grace = await connect(), await connect()
    await ada.join("Ada")
    await grace.join("Grace")
    return ada, grace


async def reconcile(hub, time):
    time.advance(4)
    await hub.reconciler.once()


async def test_a_lost_seat_change_is_caught_up(connect, hub, time):
    ada, grace = await join_pair(connect)
    await seat_executor.run(lambda: Seat.objects.filter(pk=grace.seat).update(mic=False, rev=7))
    await reconcile(hub, time)
    seat = (await ada.receive("seat.updated"))["seat"]
    assert (seat["id"], seat["mic"], seat["rev"]) == (grace.seat, False, 7)


async def test_a_lost_join_is_caught_up(connect, hub, time, room):
    ada, _ = await join_pair(connect)

    def arrive() -> None:
        from config.ground.clock import clock

        processes.heartbeat("other0process000")
        Seat.objects.create(
            id="f" * 16, room=room, nickname="Elsewhere", nickname_key="elsewhere", key_hash="x", page="p" * 8,
            joined_at=clock.now(), process="other0process000", socket="1",
        )  # fmt: skip

    await seat_executor.run(arrive)
    await reconcile(hub, time)
    joined = (await ada.receive("seat.joined"))["seat"]
    while joined["id"] != "f" * 16:
        joined = (await ada.receive("seat.joined"))["seat"]
    assert joined["nickname"] == "Elsewhere"
    assert hub.reconciler.corrections == 1


async def test_a_lost_removal_is_caught_up(connect, hub, time, owner, lose_events):
    ada, grace = await join_pair(connect)
    lose_events()
    seat = await seat_executor.run(lambda: Seat.objects.select_related("room").get(pk=grace.seat))
    await seat_executor.run(lambda: remove_person(seat=seat, by=owner))
    await reconcile(hub, time)
    assert (await grace.receive_bye())["code"] == "removed"
    assert (await ada.receive("seat.left"))["reason"] == "removed"


async def test_a_lost_room_closing_is_caught_up(connect, hub, time, owner, room, lose_events):
    ada, grace = await join_pair(connect)
    lose_events()
    await seat_executor.run(lambda: close_room(room=room, by=owner))
    await reconcile(hub, time)
    for client in (ada, grace):
        assert (await client.receive_bye())["code"] == "closed"


async def test_a_seat_taken_over_by_another_process_closes_the_old_socket(connect, hub, time):
    ada, grace = await join_pair(connect)
    await seat_executor.run(
        lambda: Seat.objects.filter(pk=grace.seat).update(process="other0process000", socket="1", rev=3)
    )
    await reconcile(hub, time)
    assert (await grace.receive_bye())["code"] == "taken"


async def test_a_lost_room_rename_is_caught_up(connect, hub, time, room):
    ada, _ = await join_pair(connect)
    await seat_executor.run(lambda: Room.objects.filter(pk=room.pk).update(name="Quietly", rev=5))
    await reconcile(hub, time)
    assert (await ada.receive("room.updated"))["room"]["name"] == "Quietly"


async def test_a_room_without_lost_events_needs_no_corrections(connect, hub, time):
    ada, grace = await join_pair(connect)
    await ada.send("state", hand=True)
    await grace.receive("seat.updated")
    await reconcile(hub, time)
    await ada.send("ping")
    await reconcile(hub, time)
    assert hub.reconciler.corrections == 0
