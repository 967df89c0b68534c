from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from rooms.realtime.consumers import LiveSocket
from rooms.runtime.executors import background_executor, seat_executor
from rooms.services import rooms as services
from rooms.services.rooms import RoomChange


async def test_an_owner_sees_who_is_inside_as_it_happens(door, owner, room):
    page = await door(owner, path="/ws/live/")
    await page.say("subscribe")
    (shown,) = (await page.hear("live"))["rooms"]
    assert shown == {"slug": room.slug, "name": "Weekly", "open": True, "people": []}
    grace = await door()
    await grace.join("Grace")
    assert (await page.hear("live.room"))["room"]["people"] == ["Grace"]
    await grace.say("leave")
    await grace.bye()
    assert (await page.hear("live.room"))["room"]["people"] == []


async def test_a_closed_room_and_a_new_name_are_shown_at_once(door, owner, room):
    page = await door(owner, path="/ws/live/")
    await page.say("subscribe")
    await page.hear("live")
    await seat_executor.run(lambda: services.change_room(room=room, by=owner, change=RoomChange(name="Monday")))
    assert (await page.hear("live.room"))["room"]["name"] == "Monday"
    await seat_executor.run(lambda: services.close_room(room=room, by=owner))
    assert (await page.hear("live.room"))["room"]["open"] is False


async def test_an_outsider_sees_only_their_own_rooms(door, outsider, room):
    page = await door(outsider, path="/ws/live/")
    await page.say("subscribe")
    assert (await page.hear("live"))["rooms"] == []
    grace = await door()
    await grace.join("Grace")
    assert await page.hears_nothing_of("live.room")


async def test_a_guest_has_no_live_list(door):
    page = await door(path="/ws/live/")
    assert (await page.bye())["code"] == "no_session"


async def test_what_no_event_told_the_sweep_tells(door, hub, owner, room, time):
    page = await door(owner, path="/ws/live/")
    await page.say("subscribe")
    await page.hear("live")
    await seat_executor.run(_rename_behind_your_back, room, "Behind your back")
    time.move(4)
    await hub.reconciler.once()
    assert (await page.hear("live.room"))["room"]["name"] == "Behind your back"


async def test_what_changes_at_the_very_end_of_a_look_is_looked_at_again(door, hub, owner, room, monkeypatch):
    page = await door(owner, path="/ws/live/")
    await page.say("subscribe")
    await page.hear("live")
    await background_executor.run(list)  # whatever was being looked at is seen
    send = LiveSocket.send_message

    def give_and_change(socket, message):
        """Change the name again, and say so after the look has told and before the loop has put it away."""
        send(socket, message)
        if message.room.name == "Monday":
            with ThreadPoolExecutor(1) as another:
                another.submit(_rename_behind_your_back, room, "Tuesday").result()
            asyncio.get_running_loop().call_soon(hub.room_list.refresh, owner.pk)

    monkeypatch.setattr(LiveSocket, "send_message", give_and_change)
    await seat_executor.run(_rename_behind_your_back, room, "Monday")
    hub.room_list.refresh(owner.pk)
    assert (await page.hear("live.room"))["room"]["name"] == "Monday"
    assert (await page.hear("live.room"))["room"]["name"] == "Tuesday"


def _rename_behind_your_back(room, name):
    type(room).objects.filter(pk=room.pk).update(name=name)
    connection.close()
