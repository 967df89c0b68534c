"""Removing people, and closing, renaming and deleting a room during a call."""

from __future__ import annotations

from rooms.models import Seat
from rooms.runtime.executors import seat_executor
from rooms.services.rooms import RoomChange, change_room, close_room, create_room, delete_room, reopen_room


async def test_a_person_removed_by_the_host_is_disconnected_and_cannot_rejoin(connect, owner, seat_row):
    olive, grace = await connect(owner), await connect()
    await olive.join("Olive")
    await grace.join("Grace")
    await olive.send("moderate", act="remove", seat=grace.seat, ref="m1")
    bye = await grace.receive_bye()
    assert (bye["code"], bye["action"], grace.closed_with) == ("removed", "stop", 4403)
    assert (await olive.receive("seat.left"))["reason"] == "removed"
    assert (await olive.receive("ack"))["ref"] == "m1"
    again = await connect(cookie=grace.cookie)
    await again.join("Someone else")
    assert again.seat == ""


async def test_a_removed_account_cannot_rejoin_from_another_browser(connect, owner, outsider):
    olive, otto = await connect(owner), await connect(outsider)
    await olive.join("Olive")
    await otto.join("Otto")
    await olive.send("moderate", act="remove", seat=otto.seat)
    await otto.receive_bye()
    elsewhere = await connect(outsider)
    assert (await elsewhere.join("Otto"))["code"] == "removed"


async def test_members_guests_and_outsiders_cannot_remove_anyone(connect, owner, outsider, seat_row):
    olive, otto, grace = await connect(owner), await connect(outsider), await connect()
    await olive.join("Olive")
    await otto.join("Otto")
    await grace.join("Grace")
    for client, target in ((otto, grace), (grace, otto), (grace, olive)):
        await client.send("moderate", act="remove", seat=target.seat)
        assert (await client.receive("error"))["code"] == "not_allowed"
        assert (await seat_row(target.seat)).state == "in"


async def test_a_host_cannot_remove_themselves_or_people_in_another_room(connect, owner, outsider):
    olive = await connect(owner)
    await olive.join("Olive")
    await olive.send("moderate", act="remove", seat=olive.seat)
    assert (await olive.receive("error"))["code"] == "not_allowed"
    other = await seat_executor.run(lambda: create_room(owner=outsider))
    stranger = await connect(slug=other.slug)
    await stranger.join("Stranger")
    await olive.send("moderate", act="remove", seat=stranger.seat)
    assert (await olive.receive("error"))["code"] == "no_such_seat"


async def test_a_waiting_person_cannot_be_removed_and_cannot_chat(connect, owner):
    olive, grace = await connect(owner), await connect()
    await olive.join("Olive")
    await grace.join("Grace")
    await seat_executor.run(lambda: Seat.objects.filter(pk=grace.seat).update(state="waiting"))
    await olive.send("moderate", act="remove", seat=grace.seat)
    assert (await olive.receive("error"))["code"] == "no_such_seat"
    await grace.send("chat", text="Let me in", ref="c1")
    assert (await grace.receive("error"))["code"] == "not_joined"


async def test_closing_a_room_disconnects_everyone_and_keeps_it_shut_until_reopened(connect, owner, room):
    olive, grace, previewer = await connect(owner), await connect(), await connect()
    await olive.join("Olive")
    await grace.join("Grace")
    await previewer.send("peek")
    await previewer.receive("room")
    await seat_executor.run(lambda: close_room(room=room, by=owner))
    for client in (olive, grace, previewer):
        bye = await client.receive_bye()
        assert (bye["code"], bye["action"]) == ("closed", "stop")
    late = await connect()
    assert (await late.receive_bye())["code"] == "no_such_room"
    await seat_executor.run(lambda: reopen_room(room=room, by=owner))
    again = await connect()
    assert (await again.join("Again"))["type"] == "welcome"


async def test_a_deleted_room_and_an_unknown_room_get_the_same_answer(connect, owner, room):
    await seat_executor.run(lambda: delete_room(room=room, by=owner))
    deleted, unknown = await connect(), await connect(slug="aaa-aaaa-aaa")
    assert await deleted.receive_bye() == await unknown.receive_bye()


async def test_a_rename_reaches_people_inside_and_previewers(connect, owner, room):
    olive, previewer = await connect(owner), await connect()
    await olive.join("Olive")
    await previewer.send("peek")
    await previewer.receive("room")
    await seat_executor.run(lambda: change_room(room=room, by=owner, change=RoomChange(name="Monday")))
    assert (await olive.receive("room.updated"))["room"]["name"] == "Monday"
    assert (await previewer.receive("room"))["room"]["name"] == "Monday"


async def test_the_seats_of_a_deleted_room_are_kept(connect, owner, room):
    grace = await connect()
    await grace.join("Grace")
    await seat_executor.run(lambda: delete_room(room=room, by=owner))
    await grace.receive_bye()
    assert await seat_executor.run(lambda: Seat.objects.get(pk=grace.seat).reason) == "closed"
