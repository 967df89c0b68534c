"""While part of the server is down, pages are told to come back soon and sockets stay usable."""

from __future__ import annotations

import threading

from django.db import OperationalError

from rooms.handlers import joining
from rooms.models import Room
from rooms.protocol import RoomUpdated
from rooms.realtime import room_list
from rooms.rules import access
from rooms.services.events import ROOM, Event
from rooms.services.wire_records import room_record


async def test_a_page_is_told_to_rejoin_while_the_cache_is_down(connect, monkeypatch, caplog):
    def away(*_):
        raise ConnectionError("the cache is away")

    monkeypatch.setattr(access, "note_unknown", away)
    bye = await (await connect(slug="aaa-aaaa-aaa")).receive_bye()
    assert (bye["code"], bye["action"]) == ("try_again", "rejoin")


async def test_a_draining_process_tells_new_sockets_to_rejoin(connect, hub):
    hub.draining = True
    bye = await (await connect()).receive_bye()
    assert (bye["code"], bye["action"]) == ("restarting", "rejoin")


async def test_a_socket_can_still_preview_and_join_after_a_join_failed_in_an_outage(connect, hub, monkeypatch, caplog):
    grace = await connect()
    await grace.send("peek")
    await grace.receive("room")

    async def away():
        raise OperationalError("the database is away")

    with monkeypatch.context() as outage:
        outage.setattr(hub.reconciler, "ensure_heartbeat", away)
        assert (await grace.join("Grace"))["code"] == "try_again"
    await grace.send("peek")
    assert (await grace.receive("room"))["inside"] == 0
    assert (await grace.join("Grace"))["type"] == "welcome"


async def test_a_slow_room_list_does_not_delay_the_heartbeat(connect, hub, owner, room, time, monkeypatch):
    """The reconciler renews the heartbeat; it must not wait for the list of an owner with a thousand rooms."""
    may_go_on = threading.Event()
    monkeypatch.setattr(
        room_list, "rooms_of", lambda owner_id, numbers: may_go_on.wait(5) and dict.fromkeys(numbers, [])
    )
    page, grace = await connect(owner, path="/ws/live/"), await connect()
    await page.send("subscribe")
    await grace.join("Grace")
    time.advance(6)
    await hub.reconciler.once()
    slow = not may_go_on.is_set()
    may_go_on.set()
    assert slow
    await page.receive("live")
    assert hub.reconciler._heartbeat_at == time()


async def test_an_event_during_the_reading_of_a_snapshot_is_sent_after_it(connect, hub, room, monkeypatch):
    """If the event were sent first, the older snapshot would undo it."""
    grace = await connect()
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
    await grace.send("sync")
    first = await grace.receive("welcome", "room.updated")
    assert (first["type"], fresh) == ("welcome", [room])
    assert (await grace.receive("room.updated"))["room"]["name"] == "Renamed"
