"""What one socket can cost: frames it may say, and what may wait for the database."""

from __future__ import annotations

import asyncio

from rooms import protocol
from rooms.realtime import sockets
from rooms.realtime.rate_limits import TokenBucket

FLOOD_PER_SECOND = 5_000


def test_a_steady_flood_is_found_within_a_second(time):
    bucket = TokenBucket()
    for _ in range(FLOOD_PER_SECOND):
        time.move(1 / FLOOD_PER_SECOND)
        bucket.take()
    assert bucket.is_flooded


def test_a_busy_page_that_grows_quiet_is_forgiven(time):
    bucket = TokenBucket()
    for _ in range(20):
        for _ in range(protocol.FRAMES_BURST + 20):
            bucket.take()
        time.move(protocol.FRAMES_BURST / protocol.FRAMES_PER_SECOND)
        assert not bucket.is_flooded
    assert bucket.take()
    assert bucket.excess == 0


async def test_what_waits_for_a_slow_database_is_bounded(door, monkeypatch, time):
    ada = await door()
    await ada.join("Ada")
    released, at_work = asyncio.Event(), asyncio.Event()

    async def stuck(self, message):
        at_work.set()
        await released.wait()

    monkeypatch.setattr("rooms.realtime.consumers.RoomSocket.handle", stuck)
    await ada.say("state", mic=True)
    await at_work.wait()
    for n in range(sockets.QUEUE_LIMIT + 1):
        await ada.say("chat", text="x", ref=f"c{n}")
        if n % protocol.FRAMES_PER_SECOND == 0:  # as fast as one may for as long as one likes
            await ada.say("ping")
            await ada.hear("pong")
            time.move(2)
    refused = await ada.hear("error")
    assert (refused["code"], refused["ref"]) == ("try_again", f"c{sockets.QUEUE_LIMIT}")
    await ada.say("ping")
    await ada.hear("pong")
    released.set()
