"""axe-core finds no violation on any page."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.test import RequestFactory

from tests.e2e.support.axe import DESKTOP, PHONE, Audit
from tests.e2e.support.people import People
from tests.e2e.support.person import Person
from tests.e2e.support.site_client import Room, SiteClient
from tests.e2e.support.stacks import one_stack

pytestmark = one_stack
PUBLIC_PAGES = (
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
OWNER_PAGES = (
    "/",
    "/rooms/",
    "/rooms/create/",
    "/accounts/profile/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/logout/",
    "/accounts/reauthenticate/",
)
# Error pages, which no link leads to.
UNHASHED = "django.contrib.staticfiles.storage.StaticFilesStorage"  # the server has the files by these names too
ERROR_PAGES = (
    "400.html",
    "403.html",
    "403_csrf.html",
    "429.html",
    "500.html",
    "503.html",
    "account/signup_closed.html",
    "rooms/too_many.html",
)


def look_at(audit: Audit, person: Person, paths: tuple[str, ...]) -> None:
    person.expects_error("status of 404")
    for path in paths:
        person.open(path)
        audit.look(person.page, path)


def test_public_pages(people: People):
    ada = people("Ada")
    with Audit(DESKTOP, PHONE) as audit:
        look_at(audit, ada, PUBLIC_PAGES)
        ada.open()
        ada.field("Join with a code or link").fill("no such code")
        ada.press("Join")
        audit.look(ada.page, "a wrong code")
        ada.open("/accounts/login/")
        ada.field("E-mail").fill("ada@example.org")
        ada.page.get_by_label("Password").fill("not hers")
        ada.press("Sign in")
        audit.look(ada.page, "a wrong password")


def test_pages_of_a_signed_in_owner(people: People, owner: SiteClient, room: Room):
    olive = people("Olive", account=owner)
    with Audit(DESKTOP, PHONE) as audit:
        look_at(audit, olive, (*OWNER_PAGES, f"/rooms/{room.slug}/", f"/rooms/{room.slug}/delete/"))
        olive.open(f"/rooms/{room.slug}/")
        olive.field("Name").fill("A better name")
        olive.press("Save")
        audit.look(olive.page, "a changed room")


def test_error_pages(people: People, settings):
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": UNHASHED}}
    ada = people("Ada")
    with Audit(DESKTOP, PHONE) as audit:
        for name in ERROR_PAGES:
            show(ada, render_to_string(name, {"seconds": 42}, request=RequestFactory().get("/")))
            audit.look(ada.page, name)


def show(person: Person, html: str) -> None:
    """A page as the server would send it, with the server's own styles."""
    person.page.unroute_all()
    person.page.route("**/trouble/", lambda route: route.fulfill(body=html, content_type="text/html"))
    person.open("/trouble/")
