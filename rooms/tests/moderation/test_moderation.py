from __future__ import annotations

from rooms.models import Seat
from rooms.runtime.executors import seat_executor
from rooms.services import rooms as services
from rooms.services.rooms import RoomChange


async def test_a_host_removes_a_person_who_cannot_come_back(door, owner, seat_row):
    olive, grace = await door(owner), await door()
    await olive.join("Olive")
    await grace.join("Grace")
    await olive.say("moderate", act="remove", seat=grace.seat, ref="m1")
    bye = await grace.bye()
    assert (bye["code"], bye["action"], grace.closed_with) == ("removed", "stop", 4403)
    assert (await olive.hear("seat.left"))["reason"] == "removed"
    assert (await olive.hear("ack"))["ref"] == "m1"
    again = await door(cookie=grace.cookie)
    await again.join("Someone else")
    assert again.seat == ""


async def test_a_removed_account_cannot_come_back_from_another_browser(door, owner, outsider):
    olive, otto = await door(owner), await door(outsider)
    await olive.join("Olive")
    await otto.join("Otto")
    await olive.say("moderate", act="remove", seat=otto.seat)
    await otto.bye()
    elsewhere = await door(outsider)
    assert (await elsewhere.join("Otto"))["code"] == "removed"


async def test_members_guests_and_outsiders_remove_nobody(door, owner, outsider, seat_row):
    olive, otto, grace = await door(owner), await door(outsider), await door()
    await olive.join("Olive")
    await otto.join("Otto")
    await grace.join("Grace")
    for caller, target in ((otto, grace), (grace, otto), (grace, olive)):
        await caller.say("moderate", act="remove", seat=target.seat)
        assert (await caller.hear("error"))["code"] == "not_allowed"
        assert (await seat_row(target.seat)).state == "in"


async def test_nobody_removes_the_owner_and_a_host_removes_only_in_the_own_room(door, owner, outsider):
    olive = await door(owner)
    await olive.join("Olive")
    await olive.say("moderate", act="remove", seat=olive.seat)
    assert (await olive.hear("error"))["code"] == "not_allowed"
    other = await seat_executor.run(lambda: services.create_room(owner=outsider))
    stranger = await door(slug=other.slug)
    await stranger.join("Stranger")
    await olive.say("moderate", act="remove", seat=stranger.seat)
    assert (await olive.hear("error"))["code"] == "no_such_seat"


async def test_who_only_waits_to_be_let_in_is_nobody_to_remove_and_says_nothing(door, owner):
    olive, grace = await door(owner), await door()
    await olive.join("Olive")
    await grace.join("Grace")
    await seat_executor.run(lambda: Seat.objects.filter(pk=grace.seat).update(state="waiting"))
    await olive.say("moderate", act="remove", seat=grace.seat)
    assert (await olive.hear("error"))["code"] == "no_such_seat"
    await grace.say("chat", text="Let me in", ref="c1")
    assert (await grace.hear("error"))["code"] == "not_joined"


async def test_closing_a_room_sends_everybody_home_and_nobody_comes_in(door, owner, room):
    olive, grace, looker = await door(owner), await door(), await door()
    await olive.join("Olive")
    await grace.join("Grace")
    await looker.say("peek")
    await looker.hear("room")
    await seat_executor.run(lambda: services.close_room(room=room, by=owner))
    for caller in (olive, grace, looker):
        bye = await caller.bye()
        assert (bye["code"], bye["action"]) == ("closed", "stop")
    late = await door()
    assert (await late.bye())["code"] == "no_such_room"
    await seat_executor.run(lambda: services.reopen_room(room=room, by=owner))
    again = await door()
    assert (await again.join("Again"))["type"] == "welcome"


async def test_an_unknown_a_closed_and_a_deleted_room_are_answered_alike(door, owner, room):
    await seat_executor.run(lambda: services.delete_room(room=room, by=owner))
    deleted, unknown = await door(), await door(slug="aaa-aaaa-aaa")
    assert await deleted.bye() == await unknown.bye()


async def test_a_rename_is_told_to_those_inside_and_those_at_the_door(door, owner, room):
    olive, looker = await door(owner), await door()
    await olive.join("Olive")
    await looker.say("peek")
    await looker.hear("room")
    await seat_executor.run(lambda: services.change_room(room=room, by=owner, change=RoomChange(name="Monday")))
    assert (await olive.hear("room.updated"))["room"]["name"] == "Monday"
    assert (await looker.hear("room"))["room"]["name"] == "Monday"


async def test_the_history_stays(door, owner, room):
    grace = await door()
    await grace.join("Grace")
    await seat_executor.run(lambda: services.delete_room(room=room, by=owner))
    await grace.bye()
    assert await seat_executor.run(lambda: Seat.objects.get(pk=grace.seat).reason) == "closed"
