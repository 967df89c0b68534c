"""Limits on what one socket can cost: frames per second, and messages that wait for the database."""

from __future__ import annotations

import asyncio

from rooms import protocol
from rooms.realtime import work_queue
from rooms.realtime.rate_limits import TokenBucket

FLOOD_PER_SECOND = 5_000


def test_a_steady_flood_is_detected_within_a_second(time):
    bucket = TokenBucket()
    for _ in range(FLOOD_PER_SECOND):
        time.advance(1 / FLOOD_PER_SECOND)
        bucket.take()
    assert bucket.is_flooded


def test_bursts_with_pauses_between_them_are_not_a_flood(time):
    bucket = TokenBucket()
    for _ in range(20):
        for _ in range(protocol.FRAMES_BURST + 20):
            bucket.take()
        time.advance(protocol.FRAMES_BURST / protocol.FRAMES_PER_SECOND)
        assert not bucket.is_flooded
    assert bucket.take()
    assert bucket.excess == 0


async def test_the_queue_for_a_slow_database_is_bounded(connect, monkeypatch, time):
    ada = await connect()
    await ada.join("Ada")
    released, at_work = asyncio.Event(), asyncio.Event()

    async def stuck(self, message):
        at_work.set()
        await released.wait()

    monkeypatch.setattr("rooms.realtime.consumers.RoomSocket.handle", stuck)
    await ada.send("state", mic=True)
    await at_work.wait()
    for n in range(work_queue.QUEUE_LIMIT + 1):
        await ada.send("chat", text="x", ref=f"c{n}")
        await ada.send("ping")  # the rate that is allowed indefinitely
        await ada.receive("pong")
        time.advance(1)
    refused = await ada.receive("error")
    assert (refused["code"], refused["ref"]) == ("try_again", f"c{work_queue.QUEUE_LIMIT}")
    await ada.send("ping")
    await ada.receive("pong")
    released.set()
