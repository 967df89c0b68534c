"""Admin actions take effect in live calls at once."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from rooms.models import Seat
from rooms.runtime.executors import seat_executor
from rooms.tests.admin.test_admin import ROOMS, SEATS, admin, page_text, plain_static_files, run_action, staff, viewer  # noqa: F401


@pytest.fixture(params=["superuser", "staff with the permission"])
def operator(request, transactional_db) -> Client:
    if request.param == "superuser":
        return staff("root@example.org", is_superuser=True)
    permissions = ("view_room", "change_room", "view_seat", "change_seat")
    return staff("operator@example.org", *permissions)


async def test_closing_a_room_disconnects_everyone(operator, connect, owner, room):
    olive, grace, previewer = await connect(owner), await connect(), await connect()
    await olive.join("Olive")
    await grace.join("Grace")
    await previewer.send("peek")
    await previewer.receive("room")
    page = await seat_executor.run(run_action, operator, ROOMS, "close_rooms", room)
    assert "1 room was closed." in page_text(page)
    for participant in (olive, grace, previewer):
        assert (await participant.receive_bye())["code"] == "closed"
    assert await seat_executor.run(lambda: set(Seat.objects.values_list("reason", flat=True))) == {"closed"}


async def test_a_person_removed_in_the_admin_is_disconnected_and_cannot_rejoin(operator, connect, owner, seat_row):
    olive, grace = await connect(owner), await connect()
    await olive.join("Olive")
    await grace.join("Grace")
    seat = await seat_row(grace.seat)
    page = await seat_executor.run(run_action, operator, SEATS, "remove_from_room", seat)
    assert "1 person was removed." in page_text(page)
    bye = await grace.receive_bye()
    assert (bye["code"], bye["action"]) == ("removed", "stop")
    assert (await olive.receive("seat.left"))["reason"] == "removed"
    again = await connect(cookie=grace.cookie)
    assert (await again.join("Somebody else"))["code"] == "removed"
    page = await seat_executor.run(run_action, operator, SEATS, "remove_from_room", seat)
    assert "0 people were removed." in page_text(page), "a person who is gone is not removed again"


async def test_the_owner_cannot_be_removed_and_the_admin_is_told_why(operator, connect, owner, seat_row):
    olive = await connect(owner)
    await olive.join("Olive")
    page = await seat_executor.run(run_action, operator, SEATS, "remove_from_room", await seat_row(olive.seat))
    assert "owns the room" in page_text(page)
    await olive.send("ping")
    await olive.receive("pong")


async def test_people_without_change_permission_cannot_affect_a_call(viewer, connect, owner, outsider, room, seat_row):  # noqa: F811
    def client_of(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    olive, grace = await connect(owner), await connect()
    await olive.join("Olive")
    await grace.join("Grace")
    seat = await seat_row(grace.seat)
    clients = [viewer, Client(), await seat_executor.run(client_of, outsider)]
    for client in clients:
        await seat_executor.run(run_action, client, SEATS, "remove_from_room", seat)
        await seat_executor.run(run_action, client, ROOMS, "close_rooms", room)
    for participant in (olive, grace):
        assert await participant.receives_no("bye")
    assert (await seat_row(grace.seat)).state == "in"


async def test_a_rename_in_the_admin_reaches_the_people_inside(operator, connect, owner, room):
    grace = await connect()
    await grace.join("Grace")
    form = {"name": "Monday", "capacity": "3"}
    await seat_executor.run(operator.post, f"{ROOMS}{room.pk}/change/", form)
    told = (await grace.receive("room.updated"))["room"]
    assert (told["name"], told["capacity"]) == ("Monday", 3)


async def test_a_person_with_two_tabs_is_one_person_to_remove(operator, connect, seat_row):
    first, ada = await connect(), await connect()
    second, looker = await connect(cookie=first.cookie), await connect(cookie=first.cookie)
    for caller, name in ((first, "Pest"), (second, "Pest too"), (ada, "Ada")):
        await caller.join(name)
    await looker.send("peek")
    await looker.receive("room")
    chosen = [await seat_row(caller.seat) for caller in (first, second)]
    page = await seat_executor.run(run_action, operator, SEATS, "remove_from_room", *chosen)
    assert "1 person was removed." in page_text(page)
    for caller in (first, second, looker):
        assert (await caller.receive_bye())["code"] == "removed"
    assert await ada.receives_no("bye")
