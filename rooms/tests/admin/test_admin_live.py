"""What an admin does to a live call is felt in it at once."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from rooms.models import Seat
from rooms.runtime.executors import seat_executor
from rooms.tests.admin.test_admin import ROOMS, SEATS, admin, does, quick_pages, staff, text, watcher  # noqa: F401


@pytest.fixture(params=["superuser", "staff with the permission"])
def operator(request, transactional_db) -> Client:
    if request.param == "superuser":
        return staff("root@example.org", is_superuser=True)
    permissions = ("view_room", "change_room", "view_seat", "change_seat")
    return staff("operator@example.org", *permissions)


async def test_closing_a_room_sends_everybody_home_at_once(operator, door, owner, room):
    olive, grace, looker = await door(owner), await door(), await door()
    await olive.join("Olive")
    await grace.join("Grace")
    await looker.say("peek")
    await looker.hear("room")
    page = await seat_executor.run(does, operator, ROOMS, "close_rooms", room)
    assert "1 room was closed." in text(page)
    for caller in (olive, grace, looker):
        assert (await caller.bye())["code"] == "closed"
    assert await seat_executor.run(lambda: set(Seat.objects.values_list("reason", flat=True))) == {"closed"}


async def test_a_person_removed_in_the_admin_is_gone_at_once_and_cannot_come_back(operator, door, owner, seat_row):
    olive, grace = await door(owner), await door()
    await olive.join("Olive")
    await grace.join("Grace")
    seat = await seat_row(grace.seat)
    page = await seat_executor.run(does, operator, SEATS, "remove_from_room", seat)
    assert "1 person was removed." in text(page)
    bye = await grace.bye()
    assert (bye["code"], bye["action"]) == ("removed", "stop")
    assert (await olive.hear("seat.left"))["reason"] == "removed"
    again = await door(cookie=grace.cookie)
    assert (await again.join("Somebody else"))["code"] == "removed"
    page = await seat_executor.run(does, operator, SEATS, "remove_from_room", seat)
    assert "0 people were removed." in text(page), "whoever is gone is not removed again"


async def test_the_owner_stays_and_the_admin_is_told_why(operator, door, owner, seat_row):
    olive = await door(owner)
    await olive.join("Olive")
    page = await seat_executor.run(does, operator, SEATS, "remove_from_room", await seat_row(olive.seat))
    assert "owns the room" in text(page)
    await olive.say("ping")
    await olive.hear("pong")


async def test_who_may_only_look_changes_nothing_in_a_call(watcher, door, owner, outsider, room, seat_row):  # noqa: F811
    def client_of(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    olive, grace = await door(owner), await door()
    await olive.join("Olive")
    await grace.join("Grace")
    seat = await seat_row(grace.seat)
    clients = [watcher, Client(), await seat_executor.run(client_of, outsider)]
    for client in clients:
        await seat_executor.run(does, client, SEATS, "remove_from_room", seat)
        await seat_executor.run(does, client, ROOMS, "close_rooms", room)
    for caller in (olive, grace):
        assert await caller.hears_nothing_of("bye")
    assert (await seat_row(grace.seat)).state == "in"


async def test_a_rename_in_the_admin_is_told_to_those_inside(operator, door, owner, room):
    grace = await door()
    await grace.join("Grace")
    form = {"name": "Monday", "capacity": "3"}
    await seat_executor.run(operator.post, f"{ROOMS}{room.pk}/change/", form)
    told = (await grace.hear("room.updated"))["room"]
    assert (told["name"], told["capacity"]) == ("Monday", 3)


async def test_a_person_with_two_tabs_is_one_person_to_remove(operator, door, seat_row):
    first, ada = await door(), await door()
    second, looker = await door(cookie=first.cookie), await door(cookie=first.cookie)
    for caller, name in ((first, "Pest"), (second, "Pest too"), (ada, "Ada")):
        await caller.join(name)
    await looker.say("peek")
    await looker.hear("room")
    chosen = [await seat_row(caller.seat) for caller in (first, second)]
    page = await seat_executor.run(does, operator, SEATS, "remove_from_room", *chosen)
    assert "1 person was removed." in text(page)
    for caller in (first, second, looker):
        assert (await caller.bye())["code"] == "removed"
    assert await ada.hears_nothing_of("bye")
