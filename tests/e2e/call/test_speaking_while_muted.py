"""Speaking while muted is noted beside the button, in the small window and in the tab's title."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.e2e.stage.test_small_window import small_window
from tests.e2e.support.people import People
from tests.e2e.support.site_client import Room
from tests.e2e.support.stacks import one_stack

pytestmark = one_stack
WORDS = "You are muted. Unmute to be heard."


def test_the_note_is_in_the_small_window_and_the_title_too(people: People, room: Room):
    ada = people("Ada")
    ada.enter(room)
    ada.press("Share screen")
    small = small_window(ada)
    ada.record_announcements()
    small.get_by_role("button", name="Mute microphone").click()
    expect(small.get_by_role("status").filter(has_text=WORDS)).to_be_visible()
    expect(ada.page.locator("#call").get_by_text(WORDS)).to_be_visible()
    expect(ada.page).to_have_title(re.compile("^You are muted · "))
    ada.is_told(WORDS)
    small.get_by_role("button", name="Unmute microphone").click()
    expect(small.get_by_text(WORDS)).to_have_count(0)
    expect(ada.page.locator("#call").get_by_text(WORDS)).to_be_hidden()
    expect(ada.page).not_to_have_title(re.compile("You are muted"))


def test_an_open_panel_on_a_phone_does_not_hide_the_note(people: People, room: Room):
    ada = people("Ada")
    ada.page.set_viewport_size({"width": 390, "height": 844})
    ada.enter(room)
    ada.open_panel("Chat")
    ada.press("Mute microphone")
    note = ada.page.locator("#call").get_by_text(WORDS)
    expect(note).to_be_visible()
    box = note.bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= 390
    at = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
    on_top = ada.page.evaluate("([x, y]) => document.elementFromPoint(x, y).textContent", at)
    assert on_top == WORDS
