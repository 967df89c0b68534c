"""Changing a nickname during a call."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.support.people import People
from tests.e2e.support.person import Person
from tests.e2e.support.site_client import Room
from tests.e2e.support.stacks import one_stack

pytestmark = one_stack


@pytest.fixture
def two(people: People, room: Room) -> tuple[Person, Person]:
    ada, grace = people("Ada"), people("Grace")
    ada.enter(room)
    grace.enter(room)
    ada.sees(grace)
    return ada, grace


def own_name(person: Person) -> Locator:
    """The field in one's own row, ready to type."""
    person.press("Change your name")
    field = person.field("Your name")
    expect(field).to_be_focused()
    return field


def test_a_new_name_is_seen_and_announced_once_and_survives_a_reload(two: tuple[Person, Person], room: Room):
    ada, grace = two
    grace.write("before")
    ada.record_announcements()
    grace.open_panel("People")
    own_name(grace).fill("Grace H.")
    grace.page.keyboard.press("Enter")
    grace.nickname = "Grace H."
    ada.sees(grace)
    grace.sees(ada)
    expect(grace.button("Change your name")).to_be_focused()
    ada.is_told("Grace is now Grace H.")
    grace.write("after")
    ada.open_panel("Chat")
    for heading in ("Grace", "Grace H."):
        expect(ada.chat.locator(".line-who", has_text=re.compile(f"^{re.escape(heading)}$"))).to_be_visible()
    assert [words for words in ada.announcements if "is now" in words] == ["Grace is now Grace H."]

    grace.page.reload()
    grace.is_in_call()
    ada.sees(grace)
    grace.press("Leave")
    grace.press("Rejoin")
    expect(grace.field("Your name")).to_have_value("Grace H.")


def test_a_taken_name_is_explained_at_the_field_and_a_free_one_offered(two: tuple[Person, Person]):
    ada, grace = two
    grace.press("More")
    grace.page.get_by_role("menuitem", name="Change your name").click()
    field = grace.field("Your name")
    expect(field).to_be_focused()
    field.fill("ada")
    field.press("Enter")
    expect(field).to_be_focused()
    expect(field).to_have_accessible_description("Someone here already uses that name.")
    assert field.get_attribute("aria-invalid") == "true"
    ada.press("Mute microphone")
    rows = grace.page.get_by_role("list", name="In this meeting").get_by_role("listitem")
    for button, first in (("Raise hand", "Ada"), ("Lower hand", "Your name")):
        ada.press(button)  # puts the list into another order around the field
        expect(rows.first).to_contain_text(first)
        expect(field).to_be_focused()
    grace.press("Use “ada 2”")
    grace.nickname = "ada 2"
    ada.sees(grace)
    own_name(grace).press("Escape")
    expect(field).to_be_hidden()
    expect(grace.button("Change your name")).to_be_focused()


def test_a_name_entered_without_a_server_is_set_when_it_is_back(people: People, room: Room, stack):
    ada, grace = people("Ada"), people("Grace")
    ada.enter(room)
    grace.enter(room)
    ada.sees(grace)
    for person in (ada, grace):
        person.expects_lost_server()
    process = stack.processes[0]
    process.stop()
    expect(grace.lost_server).to_be_visible()
    grace.open_panel("People")
    own_name(grace).fill("Grace H.")
    grace.press("Save")
    grace.reads("Your name changes as soon as you are connected again.")
    process.start()
    grace.nickname = "Grace H."
    ada.sees(grace)
    expect(grace.field("Your name")).to_be_hidden()
