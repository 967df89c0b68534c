"""The bus between processes: a channel layer that is slow or down, late messages, and the previous release's format."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from config.ground.clock import clock
from rooms import protocol
from rooms.models import Room
from rooms.realtime import bus as bus_module
from rooms.realtime.bus import Bus
from rooms.realtime.bus_messages import Deliver, RoomListChanged, SeatTaken, SignedOut, decode, encode
from rooms.runtime.executors import seat_executor

KEY = "ef" * 16
BAD_OWNER = 13


class FakeLayer:
    """A shared channel layer that can be down (``is_down``) and slow (``may_answer``)."""

    def __init__(self) -> None:
        self.is_down = False
        self.may_answer = asyncio.Event()
        self.may_answer.set()
        self.groups: set[str] = set()
        self.inbox: asyncio.Queue[Any] = asyncio.Queue()
        self.channels = 0

    async def new_channel(self) -> str:
        self.channels += 1
        return f"channel{self.channels}"

    async def group_add(self, group: str, channel: str) -> None:
        await self.may_answer.wait()
        if self.is_down:
            raise ConnectionError
        self.groups.add(group)

    async def group_discard(self, group: str, channel: str) -> None:
        self.groups.discard(group)

    async def receive(self, channel: str):
        return await self.inbox.get()


@pytest.fixture
async def layer():
    return FakeLayer()


@pytest.fixture
async def received():
    return []


@pytest.fixture
async def bus(layer, received, monkeypatch):
    monkeypatch.setattr(bus_module, "get_channel_layer", lambda: layer)
    monkeypatch.setattr(bus_module, "RETRY_SECONDS", 0.01)

    def take(message):
        if message.owner == BAD_OWNER:
            raise KeyError("bad")
        received.append(message)

    started = Bus("me", take)
    tasks = [asyncio.ensure_future(work) for work in started.tasks()]
    yield started
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def test_a_second_follow_waits_until_the_topic_is_subscribed(bus, layer):
    layer.may_answer.clear()
    first = asyncio.ensure_future(bus.follow("room.1"))
    await asyncio.sleep(0)
    second = asyncio.ensure_future(bus.follow("room.1"))
    await asyncio.sleep(0.02)
    assert not second.done()
    layer.may_answer.set()
    await asyncio.wait_for(asyncio.gather(first, second), 1)
    assert layer.groups == {"room.1"}


async def test_a_failed_subscription_is_retried_until_the_layer_is_back(bus, layer):
    layer.is_down = True
    await bus.follow("room.1")
    await bus.follow("room.2")
    await bus.unfollow("room.2")
    layer.is_down = False
    async with asyncio.timeout(1):
        while not layer.groups:
            await asyncio.sleep(0.01)
    assert layer.groups == {"room.1"}


async def test_a_bad_event_does_not_cost_the_channel(bus, layer, received, caplog):
    bad, unknown, good = (
        {"kind": "rooms.changed", "owner": BAD_OWNER},
        {"kind": "later"},
        {"kind": "rooms.changed", "owner": 1},
    )
    for event in (bad, unknown, good):
        layer.inbox.put_nowait({"topic": "room.1", "event": {**event, "boot": "other"}})
    async with asyncio.timeout(1):
        while not received:
            await asyncio.sleep(0.01)
    assert (received[0].owner, layer.channels) == (1, 1)


async def test_a_late_message_about_an_earlier_holder_does_not_close_the_current_one(connect, hub, room):
    """The seat moved to another process and back before that process's message arrived."""
    grace = await connect()
    await grace.join("Grace", key=KEY)
    again = await connect(cookie=grace.cookie)
    await again.join("Grace", key=KEY, attempt=3)
    assert (await grace.receive_bye())["code"] == "taken"
    hub.receive(SeatTaken(room=room.pk, held=again.seat, rev=again.welcome["seats"][0]["rev"] - 1))
    await again.send("ping")
    await again.receive("pong")
    hub.receive(SeatTaken(room=room.pk, held=again.seat, rev=again.welcome["seats"][0]["rev"] + 1))
    assert (await again.receive_bye())["code"] == "taken"


async def test_a_late_message_that_the_room_closed_is_ignored_once_it_is_open_again(connect, hub, room, owner):
    grace = await connect()
    await grace.join("Grace")
    closed = Deliver(room=room.pk, owner=room.owner_id, to="everybody", frame=protocol.encode(protocol.bye("closed")))
    hub.receive(closed)
    await hub.reconciler.once()
    assert await grace.receives_no("bye")
    await seat_executor.run(lambda: Room.objects.filter(pk=room.pk).update(closed_at=clock.now()))
    hub.receive(closed)
    await hub.reconciler.once()
    assert (await grace.receive_bye())["code"] == "closed"


@pytest.mark.parametrize(
    "topic, event, message",
    [
        (
            "room.7",
            {"room": 7, "owner": 3, "to": "room", "frame": "{}"},
            Deliver(room=7, owner=3, to="room", frame="{}"),
        ),
        ("room.7", {"held": "00112233445566aa", "rev": 4}, SeatTaken(room=7, held="00112233445566aa", rev=4)),
        ("owner.3", {"owner": 3}, RoomListChanged(owner=3)),
        ("accounts", {"user": 3, "session": ""}, SignedOut(user=3, session="")),
    ],
)
def test_messages_of_the_previous_release_are_decoded(topic, event, message):
    assert decode(topic, {**event, "boot": "0123456789abcdef"}) == message


def test_messages_can_be_read_by_the_previous_release():
    """That release tells messages apart by the topic and the field ``held``, and reads the fields it knows."""
    delivered = encode(Deliver(room=7, owner=3, to="room", frame="{}"))
    assert "held" not in delivered
    assert {name: delivered[name] for name in ("room", "owner", "to", "frame")} == {
        "room": 7, "owner": 3, "to": "room", "frame": "{}",
    }  # fmt: skip
    taken = encode(SeatTaken(room=7, held="00112233445566aa", rev=4))
    assert (taken["held"], taken["rev"]) == ("00112233445566aa", 4)
    assert encode(RoomListChanged(owner=3))["owner"] == 3
    assert encode(SignedOut(user=3, session="f"))["user"] == 3
