"""What is counted, and what Prometheus reads of it."""

from __future__ import annotations

import pytest

from rooms.realtime.collector import HubCollector
from rooms.runtime import metrics


@pytest.fixture
def counts(monkeypatch) -> metrics.Counts:
    """Everything counted since the test began."""
    fresh = metrics.Counts()
    for module in ("runtime.metrics", "handlers.joining", "realtime.delivery", "realtime.reconciler"):
        monkeypatch.setattr(f"rooms.{module}.counts", fresh)
    return fresh


async def lose(caller, hub) -> None:
    await caller.close(1006)
    caller.closed_with = 1006
    await hub.tasks.settle()


async def test_joins_resumes_signals_and_ends_are_counted(counts, door, hub, time):
    ada, grace = await door(), await door()
    key = {"key": "0f" * 16, "page": "a1b2c3d4"}
    await ada.join("Ada")
    await grace.join("Grace", **key)
    await ada.say("signal", to=grace.seat, epochs=[1, 1], data={})
    await grace.hear("signal")
    await lose(grace, hub)
    await ada.say("signal", to=grace.seat, epochs=[1, 1], data={})
    assert (await ada.hear("error"))["code"] == "undelivered"
    back = await door(cookie=grace.cookie)
    await back.join("Grace", **{**key, "attempt": 2})
    await lose(back, hub)
    time.move(16)
    await ada.say("ping")
    await ada.hear("pong")
    await hub.reconciler.once()
    assert counts == metrics.Counts(joins=2, resumes=1, expired=1, relayed=1, undelivered=1)


async def test_what_is_here_is_read_from_the_hub(door, hub):
    ada, _ = await door(), await door()
    await ada.join("Ada")
    read = {metric.name: metric.samples[0].value for metric in HubCollector(hub).collect()}
    assert (read["lanai_sockets"], read["lanai_rooms"], read["lanai_seats"]) == (2, 1, 1)
