"""The table and the sockets of a process agree before long, whatever could not be written."""

from __future__ import annotations

from datetime import timedelta

from django.db import OperationalError

from config.ground.clock import clock
from rooms.models import Seat
from rooms.runtime.executors import seat_executor
from rooms.services import seats


async def sweep(hub, time):
    time.move(4)
    await hub.reconciler.once()


async def test_a_farewell_that_could_not_be_written_leaves_no_ghost(door, hub, time, seat_row, monkeypatch, caplog):
    ada, grace = await door(), await door()
    await ada.join("Ada")
    await grace.join("Grace")

    def away(*_):
        raise OperationalError("the database is away")

    with monkeypatch.context() as outage:
        outage.setattr(seats, "mark_away", away)
        await grace.close(1006)
        await hub.tasks.settle()
    assert not (await seat_row(grace.seat)).away_at
    await sweep(hub, time)
    seat = (await ada.hear("seat.updated"))["seat"]
    assert (seat["id"], seat["away"]) == (grace.seat, True)
    for _ in range(3):
        await ada.say("ping")
        await ada.hear("pong")
        time.move(5)
        await hub.reconciler.once()
    assert (await ada.hear("seat.left"))["id"] == grace.seat


async def test_a_seat_put_away_by_mistake_comes_back_while_its_socket_is_here(door, hub, time, seat_row):
    """After an outage one process may look before the other has said again that it lives."""
    ada, grace = await door(), await door()
    await ada.join("Ada")
    await grace.join("Grace")
    rev = (await seat_row(grace.seat)).rev

    def put_away():
        now = clock.now()
        Seat.objects.filter(pk=grace.seat).update(away_at=now, ends_at=now + timedelta(seconds=12), rev=rev + 1)

    await seat_executor.run(put_away)
    await sweep(hub, time)
    row = await seat_row(grace.seat)
    assert (row.state, row.away_at, row.ends_at) == ("in", None, None)
    assert row.rev > rev + 1
    seat = (await ada.hear("seat.updated"))["seat"]
    while seat["rev"] < row.rev:
        seat = (await ada.hear("seat.updated"))["seat"]
    assert not seat["away"]


async def test_a_seat_taken_whose_answer_was_lost_is_nobodys_ghost(door, hub, time, monkeypatch, seat_row, caplog):
    ada, grace = await door(), await door()
    await ada.join("Ada")

    def lost(*_):
        raise OperationalError("the database is away")

    with monkeypatch.context() as outage:
        outage.setattr("rooms.handlers.joining._welcome", lost)
        assert (await grace.join("Grace"))["code"] == "try_again"
    await sweep(hub, time)
    seat = (await ada.hear("seat.updated"))["seat"]
    assert (seat["nickname"], seat["away"]) == ("Grace", True)
    await grace.join("Linus")
    assert grace.seat


async def test_a_seat_put_away_while_the_machine_slept_is_not_ended_after_its_second_sleep(door, hub, time, seat_row):
    """Whoever wakes first finds the others' processes silent. Asleep again before they could say that they live."""
    ada, grace = await door(), await door()
    await ada.join("Ada")
    await grace.join("Grace")
    await sweep(hub, time)

    def put_away():
        now = clock.now()
        Seat.objects.filter(pk=grace.seat).update(away_at=now, ends_at=now + timedelta(seconds=12), rev=9)

    await seat_executor.run(put_away)
    time.move(60)
    await hub.reconciler.once()
    row = await seat_row(grace.seat)
    assert (row.state, row.away_at) == ("in", None)
    assert await ada.hears_nothing_of("seat.left")
