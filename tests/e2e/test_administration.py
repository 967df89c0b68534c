from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Playwright

from tests.e2e.conftest import Cast
from tests.e2e.people import Person
from tests.e2e.servers import Stack
from tests.e2e.visitor import Room, Visitor

PASSWORD = "a password of the admin's own"


@pytest.fixture(scope="package")
def admin(stack: Stack, playwright: Playwright) -> Iterator[Visitor]:
    """The admin that a new Lanai begins with, who has to choose a password first."""
    visitor = Visitor(playwright, stack.origins[0])
    first = stack.first_password
    visitor.sign_in("admin@localhost", first)
    visitor.submit("/accounts/password/change/", oldpassword=first, password1=PASSWORD, password2=PASSWORD)
    yield visitor
    visitor.close()


def act(admin: Person, listed: str, room: Room, words: str, action: str) -> None:
    """Search a list of the admin for the room, choose the row with these words, and what to do with it."""
    admin.open(f"/admin/rooms/{listed}/?q={room.slug}")
    admin.page.get_by_role("row").filter(has_text=words).get_by_role("checkbox").check()
    admin.page.get_by_role("combobox", name="Action").select_option(label=action)
    admin.press("Go")


def test_an_admin_closes_a_room_and_everybody_is_sent_home_at_once(people: Cast, admin: Visitor, room: Room):
    ada, grace, boss = people("Ada"), people("Grace"), people("Boss", account=admin)
    ada.enter(room)
    grace.enter(room)
    act(boss, "room", room, room.name, "Close room")
    boss.reads("1 room was closed.")
    for person in (ada, grace):
        person.reads_heading("The meeting is over")


def test_an_admin_removes_a_person_at_once(people: Cast, admin: Visitor, room: Room):
    ada, pest, boss = people("Ada"), people("Pest"), people("Boss", account=admin)
    ada.enter(room)
    pest.enter(room)
    ada.sees(pest)
    act(boss, "seat", room, "Pest", "Remove from room")
    boss.reads("1 person was removed.")
    pest.reads_heading("You were removed")
    ada.sees()
