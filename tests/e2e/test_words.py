"""Everything that people read is ready for translation: in a language that puts brackets around every text,
none is without.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.brackets import IN_BRACKETS
from tests.e2e.conftest import Cast
from tests.e2e.people import Person
from tests.e2e.visitor import Room, Visitor

pytestmark = pytest.mark.parametrize("stack", ["brackets"], indirect=True)

UNMARKED = (Path(__file__).parent / "unmarked.js").read_text()
# What is the same in every language.
NAMES = ["Lanai", "Olive", "Ada", "Grace", "abc-defg-hjk", "Room", "example.org", "olive"]
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
