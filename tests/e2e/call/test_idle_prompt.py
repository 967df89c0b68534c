"""A person alone in a meeting for long is asked whether they are still there, and leaves when they do not answer."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.e2e.support.people import People
from tests.e2e.support.person import Person
from tests.e2e.support.site_client import Room
from tests.e2e.support.stacks import one_stack

pytestmark = one_stack
WAITING = "45:00"
LEFT_BEHIND = "10:00"


def question(person: Person) -> Locator:
    return person.page.get_by_role("dialog", name="Are you still there?")


def test_a_person_waiting_alone_is_asked_again_and_again_and_leaves_without_an_answer(people: People, room: Room):
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
    ada.is_in_call()

    ada.page.clock.fast_forward(WAITING)
    expect(question(ada)).to_be_visible()
    ada.page.clock.fast_forward("02:00")
    ada.reads_heading("You left the meeting")
    ada.reads(re.compile("only one in it for a long time"))
    devices = ada.page.evaluate("probe.devices()")
    assert {device["state"] for device in devices} == {"ended"}, "camera and microphone are let go"
    ada.press("Rejoin")
    ada.join()


def test_the_question_goes_away_when_another_person_joins(people: People, room: Room):
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
