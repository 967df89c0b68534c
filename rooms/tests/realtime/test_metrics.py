"""Counters, and the gauges that Prometheus reads from the hub."""

from __future__ import annotations

import pytest

from rooms.realtime.metrics_export import HubMetrics
from rooms.runtime import metrics


@pytest.fixture
def counts(monkeypatch) -> metrics.Counts:
    """Everything counted since the test began."""
    fresh = metrics.Counts()
    for module in ("runtime.metrics", "handlers.joining", "realtime.delivery", "realtime.reconciler"):
        monkeypatch.setattr(f"rooms.{module}.counts", fresh)
    return fresh


async def lose_connection(client, hub) -> None:
    await client.close(1006)
    client.closed_with = 1006
    await hub.tasks.settle()


async def test_joins_resumes_expiries_and_signals_are_counted(counts, connect, hub, time):
    ada, grace = await connect(), await connect()
    key = {"key": "0f" * 16, "page": "a1b2c3d4"}
    await ada.join("Ada")
    await grace.join("Grace", **key)
    await ada.send("signal", to=grace.seat, epochs=[1, 1], data={})
    await grace.receive("signal")
    await lose_connection(grace, hub)
    await ada.send("signal", to=grace.seat, epochs=[1, 1], data={})
    assert (await ada.receive("error"))["code"] == "undelivered"
    back = await connect(cookie=grace.cookie)
    await back.join("Grace", **{**key, "attempt": 2})
    await lose_connection(back, hub)
    time.advance(16)
    await ada.send("ping")
    await ada.receive("pong")
    await hub.reconciler.once()
    assert counts == metrics.Counts(joins=2, resumes=1, expired=1, relayed=1, undelivered=1)


async def test_socket_room_and_seat_gauges_are_read_from_the_hub(connect, hub):
    ada, _ = await connect(), await connect()
    await ada.join("Ada")
    read = {metric.name: metric.samples[0].value for metric in HubMetrics(hub).collect()}
    assert (read["lanai_sockets"], read["lanai_rooms"], read["lanai_seats"]) == (2, 1, 1)
