"""What a person is told while a part of the server is away: come back soon."""

from __future__ import annotations

import threading

from django.db import OperationalError

from rooms.handlers import joining
from rooms.models import Room
from rooms.protocol import RoomUpdated
from rooms.realtime import room_list as live
from rooms.rules import access
from rooms.services.events import ROOM, Event
from rooms.services.wire_records import room_record


async def test_without_the_cache_a_page_is_asked_to_come_back(door, monkeypatch, caplog):
    def away(*_):
        raise ConnectionError("the cache is away")

    monkeypatch.setattr(access, "note_unknown", away)
    bye = await (await door(slug="aaa-aaaa-aaa")).bye()
    assert (bye["code"], bye["action"]) == ("try_again", "rejoin")


async def test_a_process_that_stops_sends_newcomers_to_the_next(door, hub):
    hub.draining = True
    bye = await (await door()).bye()
    assert (bye["code"], bye["action"]) == ("restarting", "rejoin")


async def test_a_hello_refused_in_an_outage_leaves_the_door_working(door, hub, monkeypatch, caplog):
    grace = await door()
    await grace.say("peek")
    await grace.hear("room")

    async def away():
        raise OperationalError("the database is away")

    with monkeypatch.context() as outage:
        outage.setattr(hub.reconciler, "ensure_heartbeat", away)
        assert (await grace.join("Grace"))["code"] == "try_again"
    await grace.say("peek")
    assert (await grace.hear("room"))["inside"] == 0
    assert (await grace.join("Grace"))["type"] == "welcome"


async def test_a_slow_list_of_what_is_live_costs_nobody_a_seat(door, hub, owner, room, time, monkeypatch):
    """The sweep says that this process lives; it must not wait behind somebody's thousand rooms."""
    may_go_on = threading.Event()
    monkeypatch.setattr(live, "rooms_of", lambda owner_id: may_go_on.wait(5) and [])
    page, grace = await door(owner, path="/ws/live/"), await door()
    await page.say("subscribe")
    await grace.join("Grace")
    time.move(6)
    await hub.reconciler.once()
    slow = not may_go_on.is_set()
    may_go_on.set()
    assert slow
    await page.hear("live")
    assert hub.reconciler._heartbeat_at == time()


async def test_news_said_while_a_snapshot_is_read_comes_after_it(door, hub, room, monkeypatch):
    """Before it, the older snapshot would undo the news."""
    grace = await door()
    await grace.join("Grace")
    read = joining._welcome
    fresh: list[Room] = []

    def meanwhile(*args):
        snapshot = read(*args)
        room.name, room.rev = "Renamed", 50
        hub.announce(room.pk, room.owner_id, [Event(ROOM, RoomUpdated(room=room_record(room)))])
        fresh.append(room)
        return snapshot

    monkeypatch.setattr(joining, "_welcome", meanwhile)
    await grace.say("sync")
    first = await grace.hear("welcome", "room.updated")
    assert (first["type"], fresh) == ("welcome", [room])
    assert (await grace.hear("room.updated"))["room"]["name"] == "Renamed"
