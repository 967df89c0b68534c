"""Every text can be translated: in a pseudo-locale that puts ⟦ ⟧ around each text, no page has a text without."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.support.page_scripts import UNTRANSLATED
from tests.e2e.support.people import People
from tests.e2e.support.person import Person
from tests.e2e.support.pseudolocale import PSEUDOLOCALE
from tests.e2e.support.received_media import media_flows_between
from tests.e2e.support.site_client import Room, SiteClient

pytestmark = pytest.mark.parametrize("stack", ["pseudolocale"], indirect=True)

# Names that are the same in every language.
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


def has_no_untranslated_text(person: Person, *names: str) -> None:
    unmarked = person.page.evaluate(UNTRANSLATED.read_text(), [*names, *NAMES])
    assert not unmarked, "\n".join(unmarked)


def test_no_page_for_everybody_has_untranslated_text(people: People):
    ada = people("Ada", language=PSEUDOLOCALE)
    for path in PAGES:
        ada.open(path)
        has_no_untranslated_text(ada)
    ada.expects_error("status of 404")
    for path in MISSING_PAGES:
        ada.open(path)
        has_no_untranslated_text(ada)


def test_no_page_of_an_account_has_untranslated_text(people: People, owner: SiteClient, room: Room):
    olive = people("Olive", account=owner, language=PSEUDOLOCALE)
    for path in OWN_PAGES:
        olive.open(path.format(slug=room.slug))
        has_no_untranslated_text(olive, room.slug)


def test_no_form_with_errors_has_untranslated_text(people: People, owner: SiteClient):
    ada = people("Ada", language=PSEUDOLOCALE)
    ada.open("/")
    ada.field("Join with a code or link").fill("?")
    ada.press("Join")
    has_no_untranslated_text(ada)
    ada.open("/accounts/login/")
    ada.field("E-mail").fill("nobody@example.org")
    ada.page.locator("[name=password]").fill("wrong")
    ada.press("Sign in")
    has_no_untranslated_text(ada)


@pytest.fixture
def in_call(people: People, owner: SiteClient, room: Room) -> tuple[Person, Person]:
    """Olive, the host, who reads the pseudo-locale, and Grace, who reads English."""
    olive, grace = people("Olive", account=owner, language=PSEUDOLOCALE), people("Grace")
    olive.enter(room)
    grace.enter(room)
    media_flows_between(olive, grace)
    return olive, grace


def test_the_green_room_has_no_untranslated_text(people: People, new_room: Callable[..., Room]):
    room = new_room(capacity=2)
    ada, grace, joan = people("Ada", language=PSEUDOLOCALE), people("Grace"), people("Joan")
    ada.open_room(room)
    has_no_untranslated_text(ada)
    grace.enter(room)
    ada.reads("⟦Grace is inside⟧")
    ada.field("Your name").fill("Grace")
    ada.press("Join now")
    expect(ada.page.get_by_role("alert").filter(has_text="⟦")).to_be_visible()
    has_no_untranslated_text(ada)
    joan.enter(room)
    ada.field("Your name").fill("Ada")
    ada.press("Join now")
    ada.reads("⟦This meeting is full (2 people).⟧")
    has_no_untranslated_text(ada)


def test_a_machine_without_devices_has_no_untranslated_text(people: People, room: Room):
    ada = people("Ada", browser=people.own_browser(), language=PSEUDOLOCALE)
    ada.open_room(room)
    expect(ada.button("Try again")).to_be_visible()
    has_no_untranslated_text(ada)
    ada.join()
    has_no_untranslated_text(ada)


def test_a_call_has_no_untranslated_text(in_call: tuple[Person, Person]):
    olive, grace = in_call
    has_no_untranslated_text(olive)
    grace.press("Raise hand")
    grace.press("Mute microphone")
    olive.sees_state(grace, hand="", mic="off")
    olive.open_panel("People")
    has_no_untranslated_text(olive)
    for button in ("Layout", "Reactions", "More"):
        olive.press(button)
    olive.page.get_by_role("menuitem", name=PSEUDOLOCALE("Keyboard shortcuts")).click()
    has_no_untranslated_text(olive)
    olive.page.keyboard.press("Escape")
    olive.tile(grace).click(button="right")
    olive.page.get_by_role("button", name=PSEUDOLOCALE("Spotlight for everybody")).click()
    olive.sees_state(grace, spotlight="")
    olive.press("Remove Grace")
    has_no_untranslated_text(olive)


def test_chat_shared_screens_and_leaving_have_no_untranslated_text(in_call: tuple[Person, Person]):
    olive, grace = in_call
    grace.write("Bonjour")
    olive.reads("Grace: Bonjour")
    has_no_untranslated_text(olive, "Bonjour")
    olive.write("Salut")
    expect(olive.chat).to_contain_text("Salut")
    has_no_untranslated_text(olive, "Bonjour", "Salut")
    olive.press("Close panel")

    grace.press("Share screen")
    expect(olive.page.locator("[data-screen-of]")).to_be_visible()
    olive.press("Share screen")
    expect(olive.page.locator("[data-screen-of]")).to_have_count(2)
    has_no_untranslated_text(olive, "Bonjour", "Salut")

    grace.press("Leave")
    olive.no_longer_sees(grace)
    has_no_untranslated_text(olive, "Bonjour", "Salut")
    olive.press("Leave")
    olive.reads_heading(PSEUDOLOCALE("You left the meeting"))
    has_no_untranslated_text(olive, "Bonjour", "Salut")
