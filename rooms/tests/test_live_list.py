from __future__ import annotations

from rooms import services
from rooms.desk import seat_desk


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
    await seat_desk.run(lambda: services.rename_room(room=room, by=owner, name="Monday"))
    assert (await page.hear("live.room"))["room"]["name"] == "Monday"
    await seat_desk.run(lambda: services.close_room(room=room, by=owner))
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
    await seat_desk.run(lambda: type(room).objects.filter(pk=room.pk).update(name="Behind your back"))
    time.move(4)
    await hub.sweep.once()
    assert (await page.hear("live.room"))["room"]["name"] == "Behind your back"
