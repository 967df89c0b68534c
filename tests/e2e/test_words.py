"""Everything that people read is ready for translation: in a language that puts brackets around every text,
none is without.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.brackets import IN_BRACKETS
from tests.e2e.conftest import Cast
from tests.e2e.people import Person
from tests.e2e.senses import everybody_meets
from tests.e2e.visitor import Room, Visitor

pytestmark = pytest.mark.parametrize("stack", ["brackets"], indirect=True)

UNMARKED = (Path(__file__).parent / "unmarked.js").read_text()
# What is the same in every language.
NAMES = ["Lanai", "Deutsch", "English", "Olive", "Ada", "Grace", "Room", "abc-defg-hjk", "olive", "example.org"]
# Cameras and microphones have the names that the system gives them.
NAMES += ["fake_device", "Fake Default Audio", "Fake Audio", "Input", "Output"]
PAGES = [
    "/",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/done/",
    "/accounts/confirm-email/",
    "/accounts/inactive/",
]
OWN_PAGES = [
    "/",
    "/rooms/",
    "/rooms/create/",
    "/rooms/{slug}/",
    "/rooms/{slug}/delete/",
    "/accounts/profile/",
    "/accounts/email/",
    "/accounts/logout/",
    "/accounts/password/change/",
]
MISSING_PAGES = ["/nothing/here/", "/r/abc-defg-hjk/", "/accounts/password/reset/key/1-bad/"]


def says_nothing_unmarked(person: Person, *names: str) -> None:
    unmarked = person.page.evaluate(UNMARKED, [*names, *NAMES])
    assert not unmarked, "\n".join(unmarked)


def test_no_page_for_everybody_has_a_text_of_its_own(people: Cast):
    ada = people("Ada", language=IN_BRACKETS)
    for path in PAGES:
        ada.open(path)
        says_nothing_unmarked(ada)
    ada.expects("status of 404")
    for path in MISSING_PAGES:
        ada.open(path)
        says_nothing_unmarked(ada)


def test_no_page_of_an_account_has_a_text_of_its_own(people: Cast, owner: Visitor, room: Room):
    olive = people("Olive", account=owner, language=IN_BRACKETS)
    for path in OWN_PAGES:
        olive.open(path.format(slug=room.slug))
        says_nothing_unmarked(olive, room.slug)


def test_no_form_that_complains_has_a_text_of_its_own(people: Cast, owner: Visitor):
    ada = people("Ada", language=IN_BRACKETS)
    ada.open("/")
    ada.field("Join with a code or link").fill("?")
    ada.press("Join")
    says_nothing_unmarked(ada)
    ada.open("/accounts/login/")
    ada.field("E-mail").fill("nobody@example.org")
    ada.page.locator("[name=password]").fill("wrong")
    ada.press("Sign in")
    says_nothing_unmarked(ada)


@pytest.fixture
def in_call(people: Cast, owner: Visitor, room: Room) -> tuple[Person, Person]:
    """Olive, the host, who reads what is in brackets, and Grace, who does not."""
    olive, grace = people("Olive", account=owner, language=IN_BRACKETS), people("Grace")
    olive.enter(room)
    grace.enter(room)
    everybody_meets(olive, grace)
    return olive, grace


def test_the_green_room_has_no_text_of_its_own(people: Cast, new_room: Callable[..., Room]):
    room = new_room(capacity=2)
    ada, grace, joan = people("Ada", language=IN_BRACKETS), people("Grace"), people("Joan")
    ada.open_room(room)
    says_nothing_unmarked(ada)
    grace.enter(room)
    ada.reads("⟦Grace is inside⟧")
    ada.field("Your name").fill("Grace")
    ada.press("Join now")
    expect(ada.page.get_by_role("alert").filter(has_text="⟦")).to_be_visible()
    says_nothing_unmarked(ada)
    joan.enter(room)
    ada.field("Your name").fill("Ada")
    ada.press("Join now")
    ada.reads("⟦This meeting is full (2 people).⟧")
    says_nothing_unmarked(ada)


def test_a_machine_without_devices_has_no_text_of_its_own(people: Cast, room: Room):
    ada = people("Ada", browser=people.own_browser(), language=IN_BRACKETS)
    ada.open_room(room)
    expect(ada.button("Try again")).to_be_visible()
    says_nothing_unmarked(ada)
    ada.join()
    says_nothing_unmarked(ada)


def test_a_call_has_no_text_of_its_own(in_call: tuple[Person, Person]):
    olive, grace = in_call
    says_nothing_unmarked(olive)
    grace.press("Raise hand")
    grace.press("Mute microphone")
    olive.sees_state(grace, hand="", mic="off")
    olive.open_panel("People")
    says_nothing_unmarked(olive)
    for button in ("Layout", "Reactions", "More"):
        olive.press(button)
    olive.page.get_by_role("menuitem", name=IN_BRACKETS("Keyboard shortcuts")).click()
    says_nothing_unmarked(olive)
    olive.page.keyboard.press("Escape")
    olive.tile(grace).click(button="right")
    olive.page.get_by_role("button", name=IN_BRACKETS("Spotlight for everybody")).click()
    olive.sees_state(grace, spotlight="")
    olive.press("Remove Grace")
    says_nothing_unmarked(olive)


def test_a_chat_has_no_text_of_its_own(in_call: tuple[Person, Person]):
    olive, grace = in_call
    grace.write("Bonjour")
    olive.reads("Grace: Bonjour")
    says_nothing_unmarked(olive, "Bonjour")
    olive.write("Salut")
    expect(olive.chat).to_contain_text("Salut")
    says_nothing_unmarked(olive, "Bonjour", "Salut")


def test_shared_screens_have_no_text_of_their_own(in_call: tuple[Person, Person]):
    olive, grace = in_call
    grace.press("Share screen")
    expect(olive.page.locator("[data-screen-of]")).to_be_visible()
    olive.press("Share screen")
    expect(olive.page.locator("[data-screen-of]")).to_have_count(2)
    says_nothing_unmarked(olive)


def test_leaving_and_being_left_have_no_text_of_their_own(in_call: tuple[Person, Person]):
    olive, grace = in_call
    grace.press("Leave")
    olive.no_longer_sees(grace)
    says_nothing_unmarked(olive)
    olive.press("Leave")
    olive.reads_heading(IN_BRACKETS("You left the meeting"))
    says_nothing_unmarked(olive)
