"""axe-core finds nothing to mend on any page, however it was reached."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.test import RequestFactory

from tests.e2e.axe import DESKTOP, PHONE, Audit
from tests.e2e.conftest import Cast, one_stack
from tests.e2e.people import Person
from tests.e2e.visitor import Room, Visitor

pytestmark = one_stack
OF_EVERYBODY = (
    "/",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-old/",
    "/accounts/password/reset/key/done/",
    "/accounts/confirm-email/",
    "/accounts/confirm-email/old/",
    "/accounts/inactive/",
    "/r/abc-defg-hjk/",
    "/nowhere/",
)
OF_THE_OWNER = (
    "/",
    "/rooms/",
    "/rooms/create/",
    "/accounts/profile/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/logout/",
    "/accounts/reauthenticate/",
)
# Nobody gets these by a wish of their own.
UNHASHED = "django.contrib.staticfiles.storage.StaticFilesStorage"  # the server has the files by these names too
OF_TROUBLE = ("400.html", "403.html", "403_csrf.html", "429.html", "500.html", "503.html", "account/signup_closed.html")


def look_at(audit: Audit, person: Person, paths: tuple[str, ...]) -> None:
    person.expects("status of 404")
    for path in paths:
        person.open(path)
        audit.look(person.page, path)


def test_the_pages_of_everybody(people: Cast):
    ada = people("Ada")
    with Audit(DESKTOP, PHONE) as audit:
        look_at(audit, ada, OF_EVERYBODY)
        ada.open()
        ada.field("Join with a code or link").fill("no such code")
        ada.press("Join")
        audit.look(ada.page, "a wrong code")
        ada.open("/accounts/login/")
        ada.field("E-mail").fill("ada@example.org")
        ada.page.get_by_label("Password").fill("not hers")
        ada.press("Sign in")
        audit.look(ada.page, "a wrong password")


def test_the_pages_of_an_owner(people: Cast, owner: Visitor, room: Room):
    olive = people("Olive", account=owner)
    with Audit(DESKTOP, PHONE) as audit:
        look_at(audit, olive, (*OF_THE_OWNER, f"/rooms/{room.slug}/", f"/rooms/{room.slug}/delete/"))
        olive.open(f"/rooms/{room.slug}/")
        olive.field("Name").fill("A better name")
        olive.press("Save")
        audit.look(olive.page, "a changed room")


def test_the_pages_of_trouble(people: Cast, settings):
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": UNHASHED}}
    ada = people("Ada")
    with Audit(DESKTOP, PHONE) as audit:
        for name in OF_TROUBLE:
            show(ada, render_to_string(name, request=RequestFactory().get("/")))
            audit.look(ada.page, name)


def show(person: Person, html: str) -> None:
    """A page as the server would send it, with the server's own styles."""
    person.page.unroute_all()
    person.page.route("**/trouble/", lambda route: route.fulfill(body=html, content_type="text/html"))
    person.open("/trouble/")
