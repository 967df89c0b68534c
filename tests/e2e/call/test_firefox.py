"""Calls between Chromium and Firefox, each behaviour in both directions."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.support.people import People
from tests.e2e.support.person import Person
from tests.e2e.support.received_media import media_flows_between
from tests.e2e.support.site_client import Room
from tests.e2e.support.stacks import one_stack

pytestmark = one_stack


@pytest.mark.parametrize("first", ["Chromium", "Firefox"])
def test_they_see_and_hear_each_other_whichever_joins_first(people: People, firefox: Browser, room: Room, first: str):
    charlotte, faye = people("Charlotte"), people("Faye", browser=firefox)
    for person in (charlotte, faye) if first == "Chromium" else (faye, charlotte):
        person.enter(room)
    charlotte.sees(faye)
    faye.sees(charlotte)
    media_flows_between(charlotte, faye)


def test_three_of_them_see_and_hear_each_other(people: People, firefox: Browser, room: Room):
    faye, charlotte, fiona = people("Faye", browser=firefox), people("Charlotte"), people("Fiona", browser=firefox)
    everybody = (faye, charlotte, fiona)
    for person in everybody:
        person.enter(room)
    for person in everybody:
        person.sees(*(other for other in everybody if other is not person))
    media_flows_between(*everybody)


def test_switches_chat_hands_and_reactions_reach_the_other(mixed: tuple[Person, Person]):
    for actor, other in (mixed, reversed(mixed)):
        actor.press("Mute microphone")
        actor.press("Turn off camera")
        other.sees_state(actor, mic="off", cam="off")
        other.silence_comes_from(actor)
        actor.press("Unmute microphone")
        actor.press("Turn on camera")
        other.sees_state(actor, mic="on", cam="on")
        other.media_flows_from(actor)
    for actor, other in (mixed, reversed(mixed)):
        chat_hands_and_reactions_reach(actor, other)


def chat_hands_and_reactions_reach(actor: Person, other: Person) -> None:
    actor.press("Mute microphone")  # or speaking would lower the hand
    actor.press("Raise hand")
    other.sees_state(actor, hand="")
    actor.press("Lower hand")
    other.sees_state(actor, hand=None)
    actor.write(f"Good morning from {actor.nickname}")
    other.open_panel("Chat")
    expect(other.chat).to_contain_text(f"Good morning from {actor.nickname}")
    actor.press("Reactions")
    actor.page.get_by_role("menu", name="Reactions").get_by_role("menuitem").first.click()
    expect(other.page.locator(".float", has_text=actor.nickname)).to_be_attached()


def test_a_shared_screen_is_seen_in_its_own_size(mixed: tuple[Person, Person]):
    charlotte, faye = mixed
    _shares_screen(charlotte, faye)
    _shares_screen(faye, charlotte)


SENT_WIDTH = "probe.screenSenders().find((sender) => sender?.track)?.track.getSettings().width ?? 0"


def _shares_screen(actor: Person, other: Person) -> None:
    actor.press("Share screen")
    seat = actor.seat
    other.screen_flows_from(seat)
    own = actor.until(lambda: actor.page.evaluate(SENT_WIDTH), "own screen")
    assert own >= 1000
    other.until(lambda: _width(other, seat) == own, lambda: f"screen {own} wide but {_width(other, seat)}")
    other.media_flows_from(actor)
    actor.press("Stop sharing")
    expect(other.page.locator("[data-screen-of]")).to_have_count(0)


def _width(person: Person, seat: str) -> int:
    screen = person.screen_from(seat)
    return screen["width"] if screen else 0
