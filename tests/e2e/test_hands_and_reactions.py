from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.e2e.conftest import Cast
from tests.e2e.visitor import Room


def test_a_raised_hand_is_seen_until_it_is_lowered(people: Cast, room: Room):
    ada, grace = people("Ada"), people("Grace")
    ada.enter(room)
    grace.enter(room)
    grace.press("Raise hand")
    ada.sees_state(grace, hand="")
    grace.sees_state(grace, hand="")
    ada.open_panel("People")
    first = ada.page.get_by_role("list", name="In this meeting").get_by_role("listitem").first
    expect(first).to_contain_text(re.compile("Grace.*hand is up", re.DOTALL))
    grace.press("Lower hand")
    ada.sees_state(grace, hand=None)


def test_a_reaction_floats_by_at_the_others(people: Cast, room: Room):
    ada, grace = people("Ada"), people("Grace")
    ada.enter(room)
    grace.enter(room)
    ada.sees(grace)
    grace.press("Reactions")
    grace.page.get_by_role("menu", name="Reactions").get_by_role("menuitem").first.click()
    expect(ada.page.locator(".float", has_text="Grace")).to_be_attached()
