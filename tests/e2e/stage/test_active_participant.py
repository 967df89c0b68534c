from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.support.people import People
from tests.e2e.support.site_client import Room
from tests.e2e.support.stacks import one_stack


@one_stack
def test_the_large_tile_is_chosen_by_click_or_key_and_otherwise_follows_the_speaker(people: People, room: Room):
    ada, grace, linus = people("Ada"), people("Grace"), people("Linus")
    for person in (ada, grace, linus):
        person.enter(room, camera=person is not ada)
    ada.sees(grace, linus)
    for other in (grace, linus, grace):
        ada.tile(other).click()
        expect(ada.on_stage(other)).to_be_visible()
        expect(ada.page.locator("[data-stage]")).to_have_count(1)
        expect(ada.tile(other)).to_have_attribute("aria-pressed", "true")
    ada.pictures_flow_from(grace, linus)
    ada.tile(linus).focus()
    ada.page.keyboard.press("Enter")
    expect(ada.on_stage(linus)).to_be_visible()
    expect(ada.tile(linus)).to_have_attribute("aria-pressed", "true")

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
