from __future__ import annotations

import pytest

from tests.e2e.support.people import People
from tests.e2e.support.person import Person
from tests.e2e.support.site_client import Room, SiteClient
from tests.e2e.support.stacks import Stacks, one_stack
from tests.stack import Stack

pytestmark = one_stack


@pytest.fixture
def admin(stack: Stack, stacks: Stacks) -> SiteClient:
    return stacks.admin_on(stack)


def act(admin: Person, listed: str, room: Room, words: str, action: str) -> None:
    """Run an action of Django admin on the row with these words, in a list that is searched for the room."""
    admin.open(f"/admin/rooms/{listed}/?q={room.slug}")
    admin.page.get_by_role("row").filter(has_text=words).get_by_role("checkbox").check()
    admin.page.get_by_role("combobox", name="Action").select_option(label=action)
    admin.press("Go")


def test_an_admin_closes_a_room_and_everybody_is_sent_home_at_once(people: People, admin: SiteClient, room: Room):
    ada, grace, boss = people("Ada"), people("Grace"), people("Boss", account=admin)
    ada.enter(room)
    grace.enter(room)
    act(boss, "room", room, room.name, "Close room")
    boss.reads("1 room was closed.")
    for person in (ada, grace):
        person.reads_heading("The meeting is over")


def test_an_admin_removes_a_person_at_once(people: People, admin: SiteClient, room: Room):
    ada, pest, boss = people("Ada"), people("Pest"), people("Boss", account=admin)
    ada.enter(room)
    pest.enter(room)
    ada.sees(pest)
    act(boss, "seat", room, "Pest", "Remove from room")
    boss.reads("1 person was removed.")
    pest.reads_heading("You were removed")
    ada.sees()
