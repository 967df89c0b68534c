from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.conftest import Cast, one_stack
from tests.e2e.visitor import Room


@one_stack
def test_a_click_makes_a_person_the_active_participant(people: Cast, room: Room):
    ada, grace, linus = people("Ada"), people("Grace"), people("Linus")
    for person in (ada, grace, linus):
        person.enter(room)
    ada.sees(grace, linus)
    for other in (grace, linus, grace):
        ada.tile(other).click()
        expect(ada.on_stage(other)).to_be_visible()
        expect(ada.page.locator("[data-stage]")).to_have_count(1)
        expect(ada.tile(other)).to_have_attribute("aria-pressed", "true")
    ada.pictures_flow_from(grace, linus)


@one_stack
def test_back_to_automatic_lets_whoever_speaks_become_active(people: Cast, room: Room):
    ada, grace, linus = people("Ada"), people("Grace"), people("Linus")
    for person in (ada, grace, linus):
        person.enter(room)
    ada.sees(grace, linus)
    grace.press("Mute microphone")
    ada.tile(grace).click()
    expect(ada.on_stage(grace)).to_be_visible()
    ada.press("Back to automatic")
    expect(ada.on_stage(linus)).to_be_visible()
    expect(ada.tile(linus)).to_have_attribute("aria-pressed", "false")
    expect(ada.button("Back to automatic")).to_be_hidden()
    linus.press("Mute microphone")
    grace.press("Unmute microphone")
    expect(ada.on_stage(grace)).to_be_visible()


@one_stack
def test_the_active_participant_can_be_chosen_by_keyboard(people: Cast, room: Room):
    ada, grace, linus = people("Ada"), people("Grace"), people("Linus")
    for person in (ada, grace, linus):
        person.enter(room)
    ada.sees(grace, linus)
    ada.tile(linus).focus()
    ada.page.keyboard.press("Enter")
    expect(ada.on_stage(linus)).to_be_visible()
    expect(ada.tile(linus)).to_have_attribute("aria-pressed", "true")
