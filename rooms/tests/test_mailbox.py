"""Between processes: a layer that is slow, away, or late with its news."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from rooms import mailbox as mailboxes
from rooms import protocol
from rooms.clock import clock
from rooms.desk import seat_desk
from rooms.mailbox import Mailbox
from rooms.models import Room

KEY = "ef" * 16


class Layer:
    """A shared channel layer that can be away, and slow."""

    def __init__(self) -> None:
        self.is_away = False
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
        if self.is_away:
            raise ConnectionError
        self.groups.add(group)

    async def group_discard(self, group: str, channel: str) -> None:
        self.groups.discard(group)

    async def receive(self, channel: str):
        return await self.inbox.get()


@pytest.fixture
async def layer():
    return Layer()


@pytest.fixture
async def heard():
    return []


@pytest.fixture
async def mailbox(layer, heard, monkeypatch):
    monkeypatch.setattr(mailboxes, "get_channel_layer", lambda: layer)
    monkeypatch.setattr(mailboxes, "RETRY_SECONDS", 0.01)

    def take(topic, event):
        if "bad" in event:
            raise KeyError("bad")
        heard.append(event)

    made = Mailbox("me", take)
    tasks = [asyncio.ensure_future(work) for work in made.tasks()]
    yield made
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def test_a_second_follower_does_not_read_before_the_first_one_hears(mailbox, layer):
    layer.may_answer.clear()
    first = asyncio.ensure_future(mailbox.follow("room.1"))
    await asyncio.sleep(0)
    second = asyncio.ensure_future(mailbox.follow("room.1"))
    await asyncio.sleep(0.02)
    assert not second.done()
    layer.may_answer.set()
    await asyncio.wait_for(asyncio.gather(first, second), 1)
    assert layer.groups == {"room.1"}


async def test_what_could_not_be_followed_is_followed_when_the_layer_is_back(mailbox, layer):
    layer.is_away = True
    await mailbox.follow("room.1")
    await mailbox.follow("room.2")
    await mailbox.unfollow("room.2")
    layer.is_away = False
    async with asyncio.timeout(1):
        while not layer.groups:
            await asyncio.sleep(0.01)
    assert layer.groups == {"room.1"}


async def test_one_bad_event_costs_no_channel(mailbox, layer, heard, caplog):
    for event in ({"bad": 1}, {"n": 1}):
        layer.inbox.put_nowait({"topic": "room.1", "event": {**event, "boot": "other"}})
    async with asyncio.timeout(1):
        while not heard:
            await asyncio.sleep(0.01)
    assert (heard[0]["n"], layer.channels) == (1, 1)


async def test_late_news_of_another_holder_does_not_send_the_new_one_away(door, hub, room):
    """The seat went to another process and came back before that process' news arrived."""
    grace = await door()
    await grace.join("Grace", key=KEY)
    again = await door(cookie=grace.cookie)
    await again.join("Grace", key=KEY, attempt=3)
    assert (await grace.bye())["code"] == "taken"
    hub._on_event(f"room.{room.pk}", {"held": again.seat, "rev": again.welcome["seats"][0]["rev"] - 1})
    await again.say("ping")
    await again.hear("pong")
    hub._on_event(f"room.{room.pk}", {"held": again.seat, "rev": again.welcome["seats"][0]["rev"] + 1})
    assert (await again.bye())["code"] == "taken"


async def test_late_news_that_the_room_was_closed_sends_nobody_home_once_it_is_open_again(door, hub, room, owner):
    grace = await door()
    await grace.join("Grace")
    closed = {
        "room": room.pk, "owner": room.owner_id, "to": "everybody",
        "frame": protocol.encode(protocol.bye("closed")),
    }  # fmt: skip
    hub._on_event(f"room.{room.pk}", closed)
    await hub.sweep.once()
    assert await grace.hears_nothing_of("bye")
    await seat_desk.run(lambda: Room.objects.filter(pk=room.pk).update(closed_at=clock.now()))
    hub._on_event(f"room.{room.pk}", closed)
    await hub.sweep.once()
    assert (await grace.bye())["code"] == "closed"
