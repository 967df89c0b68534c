"""Seats in the database and sockets of a process agree again after a write was lost."""

from __future__ import annotations

from datetime import timedelta

from django.db import OperationalError

from config.ground.clock import clock
from rooms.models import Seat
from rooms.runtime.executors import seat_executor
from rooms.services import seats


async def reconcile(hub, time):
    time.advance(4)
    await hub.reconciler.once()


async def test_a_disconnect_that_could_not_be_saved_is_caught_up(connect, hub, time, seat_row, monkeypatch, caplog):
    ada, grace = await connect(), await connect()
    await ada.join("Ada")
    await grace.join("Grace")

    def away(*_):
        raise OperationalError("the database is away")

    with monkeypatch.context() as outage:
        outage.setattr(seats, "mark_away", away)
        await grace.close(1006)
        await hub.tasks.settle()
    assert not (await seat_row(grace.seat)).away_at
    await reconcile(hub, time)
    seat = (await ada.receive("seat.updated"))["seat"]
    assert (seat["id"], seat["away"]) == (grace.seat, True)
    for _ in range(3):
        await ada.send("ping")
        await ada.receive("pong")
        time.advance(5)
        await hub.reconciler.once()
    assert (await ada.receive("seat.left"))["id"] == grace.seat


async def test_a_seat_wrongly_marked_away_is_restored_while_its_socket_is_open(connect, hub, time, seat_row):
    """After an outage a process may reconcile before another one has renewed its heartbeat."""
    ada, grace = await connect(), await connect()
    await ada.join("Ada")
    await grace.join("Grace")
    rev = (await seat_row(grace.seat)).rev

    def put_away():
        now = clock.now()
        Seat.objects.filter(pk=grace.seat).update(away_at=now, ends_at=now + timedelta(seconds=12), rev=rev + 1)

    await seat_executor.run(put_away)
    await reconcile(hub, time)
    row = await seat_row(grace.seat)
    assert (row.state, row.away_at, row.ends_at) == ("in", None, None)
    assert row.rev > rev + 1
    seat = (await ada.receive("seat.updated"))["seat"]
    while seat["rev"] < row.rev:
        seat = (await ada.receive("seat.updated"))["seat"]
    assert not seat["away"]


async def test_a_seat_whose_welcome_failed_is_marked_away(connect, hub, time, monkeypatch, seat_row, caplog):
    ada, grace = await connect(), await connect()
    await ada.join("Ada")

    def lost(*_):
        raise OperationalError("the database is away")

    with monkeypatch.context() as outage:
        outage.setattr("rooms.handlers.joining._welcome", lost)
        assert (await grace.join("Grace"))["code"] == "try_again"
    await reconcile(hub, time)
    seat = (await ada.receive("seat.updated"))["seat"]
    assert (seat["nickname"], seat["away"]) == ("Grace", True)
    await grace.join("Linus")
    assert grace.seat


async def test_a_seat_marked_away_during_system_sleep_survives_a_second_sleep(connect, hub, time, seat_row):
    """The process that wakes first finds no heartbeat of the others, and sleeps again before they could renew it."""
    ada, grace = await connect(), await connect()
    await ada.join("Ada")
    await grace.join("Grace")
    await reconcile(hub, time)

    def put_away():
        now = clock.now()
        Seat.objects.filter(pk=grace.seat).update(away_at=now, ends_at=now + timedelta(seconds=12), rev=9)

    await seat_executor.run(put_away)
    time.advance(60)
    await hub.reconciler.once()
    row = await seat_row(grace.seat)
    assert (row.state, row.away_at) == ("in", None)
    assert await ada.receives_no("seat.left")
