"""The live list of an owner's rooms: its updates, who receives it, and lost or late changes."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from rooms.realtime.consumers import LiveSocket
from rooms.runtime.executors import background_executor, seat_executor
from rooms.services.rooms import RoomChange, change_room, close_room


async def test_an_owner_sees_people_join_and_leave_live(connect, owner, room):
    page = await connect(owner, path="/ws/live/")
    await page.send("subscribe")
    (shown,) = (await page.receive("live"))["rooms"]
    assert shown == {"slug": room.slug, "name": "Weekly", "open": True, "people": []}
    grace = await connect()
    await grace.join("Grace")
    assert (await page.receive("live.room"))["room"]["people"] == ["Grace"]
    await grace.send("leave")
    await grace.receive_bye()
    assert (await page.receive("live.room"))["room"]["people"] == []


async def test_renaming_and_closing_a_room_update_the_list_at_once(connect, owner, room):
    page = await connect(owner, path="/ws/live/")
    await page.send("subscribe")
    await page.receive("live")
    await seat_executor.run(lambda: change_room(room=room, by=owner, change=RoomChange(name="Monday")))
    assert (await page.receive("live.room"))["room"]["name"] == "Monday"
    await seat_executor.run(lambda: close_room(room=room, by=owner))
    assert (await page.receive("live.room"))["room"]["open"] is False


async def test_an_outsider_sees_only_their_own_rooms(connect, outsider, room):
    page = await connect(outsider, path="/ws/live/")
    await page.send("subscribe")
    assert (await page.receive("live"))["rooms"] == []
    grace = await connect()
    await grace.join("Grace")
    assert await page.receives_no("live.room")


async def test_a_guest_is_refused_the_live_room_list(connect):
    page = await connect(path="/ws/live/")
    assert (await page.receive_bye())["code"] == "no_session"


async def test_the_reconciler_catches_up_a_lost_change(connect, hub, owner, room, time):
    page = await connect(owner, path="/ws/live/")
    await page.send("subscribe")
    await page.receive("live")
    await seat_executor.run(_rename_without_event, room, "Behind your back")
    time.advance(4)
    await hub.reconciler.once()
    assert (await page.receive("live.room"))["room"]["name"] == "Behind your back"


async def test_a_change_at_the_very_end_of_a_refresh_causes_another_refresh(connect, hub, owner, room, monkeypatch):
    page = await connect(owner, path="/ws/live/")
    await page.send("subscribe")
    await page.receive("live")
    await background_executor.run(list)  # a read that was under way has ended
    send = LiveSocket.send_frame

    def give_and_change(socket, frame):
        """Change the name again, and announce it after the read was sent and before its loop has ended."""
        send(socket, frame)
        if "Monday" in frame:
            with ThreadPoolExecutor(1) as another:
                another.submit(_rename_without_event, room, "Tuesday").result()
            asyncio.get_running_loop().call_soon(hub.room_list.refresh, owner.pk)

    monkeypatch.setattr(LiveSocket, "send_frame", give_and_change)
    await seat_executor.run(_rename_without_event, room, "Monday")
    hub.room_list.refresh(owner.pk)
    assert (await page.receive("live.room"))["room"]["name"] == "Monday"
    assert (await page.receive("live.room"))["room"]["name"] == "Tuesday"


def _rename_without_event(room, name):
    type(room).objects.filter(pk=room.pk).update(name=name)
    connection.close()
