from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.e2e.support.people import People
from tests.e2e.support.person import Person
from tests.e2e.support.site_client import Room
from tests.e2e.support.stacks import across_processes, one_stack


@across_processes
def test_a_raised_hand_is_seen_until_it_is_lowered(people: People, room: Room):
    ada, grace = people("Ada"), people("Grace")
    ada.enter(room)
    grace.enter(room)
    grace.press("Mute microphone")  # or speaking would lower it
    grace.press("Raise hand")
    ada.sees_state(grace, hand="")
    grace.sees_state(grace, hand="")
    ada.open_panel("People")
    first = ada.page.get_by_role("list", name="In this meeting").get_by_role("listitem").first
    expect(first).to_contain_text(re.compile("Grace.*hand is up", re.DOTALL))
    grace.press("Lower hand")
    ada.sees_state(grace, hand=None)


@one_stack
def test_speaking_lowers_a_hand_unless_it_is_kept_raised(people: People, room: Room):
    ada, grace = people("Ada"), people("Grace")
    for person in (ada, grace):
        person.enter(room)
        person.press("Mute microphone")
    grace.press("Raise hand")
    ada.sees_state(grace, hand="")
    ada.press("Raise hand")
    ada.open_panel("People")
    rows = ada.page.get_by_role("list", name="In this meeting").get_by_role("listitem")
    expect(rows).to_contain_text(["Grace", "Ada"])
    grace.record_announcements()
    grace.press("Unmute microphone")
    ada.sees_state(grace, hand=None)
    expect(rows).to_contain_text(["Ada", "Grace"])
    grace.is_told("Hand lowered because you are speaking")
    grace.press("Keep it raised")
    ada.sees_state(grace, hand="")
    expect(rows).to_contain_text(["Grace", "Ada"])
    expect(grace.button("Keep it raised")).to_be_hidden()


@across_processes
def test_a_reaction_floats_by_at_the_others(people: People, room: Room):
    ada, grace = people("Ada"), people("Grace")
    ada.enter(room)
    grace.enter(room)
    ada.sees(grace)
    react(grace)
    expect(ada.page.locator(".float", has_text="Grace")).to_be_attached()


@one_stack
def test_a_burst_of_reactions_is_announced_once_and_stays_still_with_reduced_motion(people: People, room: Room):
    ada, grace = people("Ada"), people("Grace")
    ada.enter(room)
    grace.enter(room)
    ada.sees(grace)
    ada.page.emulate_media(reduced_motion="reduce")
    ada.record_announcements()
    react(grace, times=5)
    float_ = ada.page.locator(".float").first
    expect(float_).to_have_css("animation-name", "none")
    expect(float_).to_have_css("position", "static")
    ada.is_told("Grace reacted: Thumbs up")
    assert [words for words in ada.announcements if "reacted" in words] == ["Grace reacted: Thumbs up"]


def react(person: Person, times: int = 1) -> None:
    for _ in range(times):
        person.press("Reactions")
        person.page.get_by_role("menu", name="Reactions").get_by_role("menuitem").first.click()
