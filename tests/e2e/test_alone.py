"""Who is alone for long is asked whether they are still there, and the meeting does not wait for an answer for ever."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.e2e.conftest import Cast, one_stack
from tests.e2e.people import Person
from tests.e2e.visitor import Room

pytestmark = one_stack
WAITING = "45:00"
LEFT_BEHIND = "10:00"


def question(person: Person) -> Locator:
    return person.page.get_by_role("dialog", name="Are you still there?")


def test_who_waits_for_hours_is_asked_stays_and_is_asked_again(people: Cast, room: Room):
    ada = people("Ada")
    ada.page.clock.install()
    ada.enter(room)
    ada.page.clock.fast_forward(LEFT_BEHIND)
    expect(question(ada)).to_be_hidden()
    ada.page.clock.fast_forward(WAITING)
    expect(question(ada)).to_have_accessible_description(re.compile(r"You leave it in [12]:\d\d"))
    expect(ada.page).to_have_title(re.compile("^Are you still there"))
    expect(ada.button("Stay")).to_be_focused()
    ada.press("Stay")
    expect(question(ada)).to_be_hidden()
    ada.is_inside()

    ada.page.clock.fast_forward(WAITING)
    expect(question(ada)).to_be_visible()
    ada.page.clock.fast_forward("02:00")
    ada.reads_heading("You left the meeting")
    ada.reads(re.compile("only one in it for a long time"))
    devices = ada.page.evaluate("probe.devices()")
    assert {device["state"] for device in devices} == {"ended"}, "camera and microphone are let go"
    ada.press("Rejoin")
    ada.join()


def test_whoever_comes_answers_the_question(people: Cast, room: Room):
    ada, grace = people("Ada"), people("Grace")
    ada.page.clock.install()
    ada.enter(room)
    grace.enter(room)
    ada.sees(grace)
    ada.page.clock.fast_forward(WAITING)
    expect(question(ada)).to_be_hidden()
    grace.press("Leave")
    ada.no_longer_sees(grace)
    ada.page.clock.fast_forward(LEFT_BEHIND)
    expect(question(ada)).to_be_visible()
    grace.press("Rejoin")
    grace.join()
    expect(question(ada)).to_be_hidden()
    ada.sees(grace)
