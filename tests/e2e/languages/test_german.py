"""Lanai in German, in a call with an English reader."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.e2e.support.languages import GERMAN
from tests.e2e.support.people import People
from tests.e2e.support.person import Person
from tests.e2e.support.received_media import media_flows_between
from tests.e2e.support.site_client import PASSWORD, Room, SiteClient
from tests.e2e.support.stacks import one_stack

pytestmark = one_stack

PHONE = {"width": 390, "height": 844}
PAGES = ["/", "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"]
OWN_PAGES = ["/", "/rooms/", "/rooms/create/", "/rooms/{slug}/", "/rooms/{slug}/delete/", "/accounts/profile/"]
# Text that is cut off on purpose has an ellipsis.
CUT_OFF = """() => [...document.querySelectorAll("h1, h2, h3, p, label, legend, button, a, dt, dd, span")]
    .filter((each) => each.checkVisibility() && each.clientWidth > 1 && each.scrollWidth > each.clientWidth + 1)
    .filter((each) => !["inline", "contents"].includes(getComputedStyle(each).display))
    .filter((each) => getComputedStyle(each).textOverflow !== "ellipsis")
    .map((each) => `<${each.localName} class="${each.className}"> ${each.textContent.trim()}`)"""


def test_from_a_new_account_to_a_meeting_in_two_languages(people: People):
    gerda, ada = people("Gerda", language=GERMAN), people("Ada")
    gerda.open()
    gerda.page.get_by_role("link", name="Konto anlegen").click()
    gerda.field("Your name").fill("Gerda")
    gerda.field("E-mail").fill("gerda@example.org")
    gerda.page.get_by_label("Passwort").fill(PASSWORD)
    gerda.press("Create account")
    gerda.reads_heading("Hallo, Gerda")
    gerda.press("New meeting")
    gerda.join()
    ada.page.goto(gerda.page.url)
    ada.join()
    gerda.reads("Ada ist dazugekommen")
    media_flows_between(gerda, ada)
    expect(gerda.page).to_have_title(re.compile(" · 2 Personen · "))
    ada.write("Good morning")
    gerda.reads("Ada: Good morning")
    gerda.write("Guten Morgen")
    expect(ada.chat).to_contain_text("Guten Morgen")
    expect(gerda.chat.locator("time").last).to_have_text(re.compile(r"^\d\d:\d\d$"))
    expect(ada.chat.locator("time").last).to_have_text(re.compile(r"^\d?\d:\d\d\s[AP]M$"))
    gerda.open_panel("People")
    gerda.reads("Sie · Leitung")
    gerda.press("Leave")
    gerda.reads_heading("Sie haben die Besprechung verlassen")
    ada.reads("Gerda left")


def test_a_guest_chooses_the_language_of_the_green_room(people: People, room: Room):
    ada = people("Ada")
    ada.open_room(room)
    ada.press("Deutsch")
    expect(ada.page.get_by_role("button", name="Jetzt teilnehmen")).to_be_visible()
    expect(ada.page.get_by_text("Noch ist niemand da")).to_be_visible()
    ada.page.reload()
    expect(ada.page.get_by_role("button", name="Jetzt teilnehmen")).to_be_visible()


def fits(person: Person) -> None:
    """The page is no wider than the screen, and nothing on it is cut off."""
    assert person.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert person.page.evaluate(CUT_OFF) == []


def on_a_phone(people: People, nickname: str, account: SiteClient | None = None) -> Person:
    person = people(nickname, account=account, language=GERMAN)
    person.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    return person


def test_long_words_fit_the_pages_of_a_phone(people: People, owner: SiteClient, room: Room):
    guest, olive = on_a_phone(people, "Guest"), on_a_phone(people, "Olive", owner)
    for person, paths in ((guest, PAGES), (olive, OWN_PAGES)):
        for path in paths:
            person.open(path.format(slug=room.slug))
            fits(person)


def test_long_words_fit_a_call_on_a_phone(people: People, owner: SiteClient, room: Room):
    olive, grace = on_a_phone(people, "Olive", owner), people("Grace")
    olive.open_room(room)
    fits(olive)
    olive.join()
    fits(olive)
    grace.enter(room)
    media_flows_between(olive, grace)
    fits(olive)
    for panel in ("Chat", "People"):
        olive.press(panel)
        fits(olive)
        olive.press("Close panel")
    olive.press("More")
    fits(olive)
    olive.page.get_by_role("menuitem", name=GERMAN("Keyboard shortcuts")).click()
    fits(olive)
    olive.page.keyboard.press("Escape")
    olive.tile(grace).click(button="right")
    fits(olive)
    olive.page.keyboard.press("Escape")
    olive.press("Leave")
    olive.reads_heading("Sie haben die Besprechung verlassen")
    fits(olive)
