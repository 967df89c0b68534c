"""Held Space opens the microphone, and nothing leaves it open."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Cast, one_stack
from tests.e2e.people import Person
from tests.e2e.senses import everybody_meets
from tests.e2e.visitor import Room

pytestmark = one_stack
NOTE = "You are heard while you hold Space"


def muted(people: Cast, room: Room) -> tuple[Person, Person]:
    ada, grace = people("Ada"), people("Grace")
    ada.enter(room)
    grace.enter(room)
    everybody_meets(ada, grace)
    ada.page.keyboard.press("m")
    grace.sees_state(ada, mic="off")
    return ada, grace


def hold(ada: Person, grace: Person) -> None:
    ada.page.keyboard.down("Space")
    grace.sees_state(ada, mic="on")
    ada.reads(NOTE)


def is_muted_again(ada: Person, grace: Person) -> None:
    grace.sees_state(ada, mic="off")
    expect(ada.page.get_by_text(NOTE, exact=True)).to_be_hidden()
    expect(ada.button("Unmute microphone")).to_be_visible()


def test_one_is_heard_while_space_is_held_and_muted_again_after(people: Cast, room: Room):
    ada, grace = muted(people, room)
    hold(ada, grace)
    expect(ada.page.get_by_role("status").get_by_text("Microphone on while you hold Space")).to_have_count(1)
    grace.sound_flows_from(ada)
    ada.page.keyboard.down("Space")  # keys repeat while they are held
    ada.page.keyboard.press("v")  # the camera's key leaves the microphone to Space
    grace.sees_state(ada, cam="off", mic="on")
    ada.page.keyboard.up("Space")
    is_muted_again(ada, grace)
    grace.silence_comes_from(ada)


# Looking elsewhere, another tab, a microphone that is unplugged.
ENDS = (
    "dispatchEvent(new Event('blur'))",
    "document.dispatchEvent(new Event('visibilitychange'))",
    "probe.lose('audio')",
)


def test_whatever_ends_the_holding_closes_the_microphone(people: Cast, room: Room):
    ada, grace = muted(people, room)
    for number, event in enumerate(ENDS):
        hold(ada, grace)
        ada.page.evaluate(event)
        is_muted_again(ada, grace)
        ada.page.keyboard.down("Space")  # still held: it repeats
        ada.page.keyboard.press("v")
        grace.sees_state(ada, cam="on" if number % 2 else "off", mic="off")
        ada.page.keyboard.up("Space")
        is_muted_again(ada, grace)


def test_a_reload_while_it_is_held_comes_back_muted(people: Cast, room: Room):
    ada, grace = muted(people, room)
    hold(ada, grace)
    ada.page.reload()
    ada.is_inside()
    ada.page.keyboard.up("Space")
    grace.sees_state(ada, mic="off")


@pytest.mark.parametrize("place", ["a message", "a button", "a dialog", "a menu"])
def test_space_keeps_its_meaning_elsewhere(people: Cast, room: Room, place: str):
    ada = people("Ada")
    ada.enter(room)
    ada.page.keyboard.press("m")
    ada.sees_state(ada, mic="off")
    if place == "a message":
        ada.open_panel("Chat")
        ada.field("Message").focus()
    elif place == "a button":
        ada.button("Raise hand").focus()
    elif place == "a dialog":
        ada.page.keyboard.press("?")
        ada.page.get_by_role("heading", name="Keyboard shortcuts").click()
    else:
        ada.press("Reactions")
    ada.page.keyboard.press("Space")
    expect(ada.page.get_by_text(NOTE, exact=True)).to_be_hidden()
    ada.sees_state(ada, mic="off", hand="" if place == "a button" else None)
