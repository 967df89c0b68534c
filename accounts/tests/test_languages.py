"""The language of pages and mail: the account's, the one chosen in the footer, or the browser's."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.db import OperationalError
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from accounts.tests.clients import client_for, page_text

LOGIN = "/accounts/login/"
PROFILE = "/accounts/profile/"
CHOICE = "/accounts/language/"
GERMAN = {"Accept-Language": "fr;q=0.9, de-AT;q=0.8, en;q=0.5"}
ENGLISH = {"Accept-Language": "en-GB, de;q=0.5"}


def page_language(client: Client, path: str = LOGIN, **headers: Any) -> str:
    """The language that a page declares, checked against the words in it."""
    response = client.get(path, follow=True, **headers)
    page = page_text(response)
    named = response.headers["Content-Language"]
    assert f'<html lang="{named}">' in page
    assert ("Deutsch" in page, "English" in page) == (True, True), "each language by its own name"
    assert ("Anmelden" in page or "Abmelden" in page) is (named == "de")
    return named


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [("de", "de"), ("de-CH", "de"), ("fr, de;q=0.3", "de"), ("en-GB, de", "en"), ("fr", "en"), ("", "en")],
)
def test_a_guest_gets_the_language_the_browser_asks_for(as_guest: Client, accepted: str, expected: str) -> None:
    assert page_language(as_guest, headers={"Accept-Language": accepted}) == expected


def test_pages_vary_by_language_and_cookie_for_caches(as_guest: Client) -> None:
    vary = as_guest.get(LOGIN, headers=GERMAN).headers["Vary"]
    assert {"Accept-Language", "Cookie"} <= {name.strip() for name in vary.split(",")}


def test_a_choice_in_the_footer_overrides_the_browser_and_returns_to_the_page(as_guest: Client) -> None:
    response = as_guest.post(CHOICE, {"language": "de", "next": LOGIN}, headers=ENGLISH)
    assert response.headers["Location"] == LOGIN
    assert page_language(as_guest, headers=ENGLISH) == "de"
    as_guest.post(CHOICE, {"language": "en", "next": LOGIN}, headers=GERMAN)
    assert page_language(as_guest, headers=GERMAN) == "en"


def test_the_language_form_does_not_redirect_to_another_site(as_guest: Client) -> None:
    response = as_guest.post(CHOICE, {"language": "de", "next": "https://evil.example.org/"})
    assert response.headers["Location"] == "/"


@pytest.mark.parametrize("unknown", ["fr", "xx", "", "../../etc", "de\nSet-Cookie: a=b"])
def test_an_unknown_language_changes_nothing(as_owner: Client, owner: User, unknown: str) -> None:
    as_owner.post(CHOICE, {"language": "de"})
    as_owner.post(CHOICE, {"language": unknown})
    owner.refresh_from_db()
    assert owner.language == "de"


def test_the_language_form_requires_post_and_a_csrf_token(owner: User) -> None:
    strict = client_for(owner, checks_csrf=True)
    assert strict.post(CHOICE, {"language": "de"}).status_code == 403
    assert strict.get(CHOICE).status_code == 405


def test_a_users_choice_applies_in_every_browser(as_owner: Client, owner: User) -> None:
    as_owner.post(CHOICE, {"language": "de"}, headers=ENGLISH)
    assert page_language(client_for(owner), "/", headers=ENGLISH) == "de"


def test_the_profile_saves_the_language_and_answers_in_it(as_owner: Client, owner: User) -> None:
    saved = as_owner.post(PROFILE, {"nickname": "Olive", "language": "de"}, headers=ENGLISH, follow=True)
    assert "Gespeichert." in page_text(saved)
    owner.refresh_from_db()
    assert owner.language == "de"
    assert page_language(as_owner, "/", headers=ENGLISH) == "de"


def test_as_in_my_browser_clears_every_choice(as_owner: Client, owner: User) -> None:
    as_owner.post(CHOICE, {"language": "de"})
    as_owner.post(PROFILE, {"nickname": "Olive", "language": ""})
    assert page_language(as_owner, "/", headers=ENGLISH) == "en"
    assert page_language(as_owner, "/", headers=GERMAN) == "de"


def test_the_last_chosen_language_stays_after_signing_out(as_owner: Client) -> None:
    as_owner.post(PROFILE, {"nickname": "Olive", "language": "de"})
    as_owner.post("/accounts/logout/")
    assert page_language(as_owner, headers=ENGLISH) == "de"


def test_a_saved_language_that_no_longer_exists_is_ignored(as_owner: Client, owner: User) -> None:
    User.objects.filter(pk=owner.pk).update(language="tlh")
    assert page_language(as_owner, "/", headers=GERMAN) == "de"


def test_the_language_can_be_changed_while_a_password_change_is_required(as_owner: Client, owner: User) -> None:
    User.objects.filter(pk=owner.pk).update(must_change_password=True)
    changed = as_owner.post(CHOICE, {"language": "de", "next": "/accounts/password/change/"}, follow=True)
    assert "Wählen Sie ein eigenes" in page_text(changed)


def test_form_errors_are_in_the_readers_language(as_guest: Client) -> None:
    answer = as_guest.post("/join/", {"code": "?"}, headers=GERMAN)
    assert "Das ist weder ein Code noch ein Link" in page_text(answer)
    answer = as_guest.post("/accounts/signup/", {"nickname": "\u200b"}, headers=GERMAN)
    assert "Bitte geben Sie einen Namen mit 1 bis 40 Zeichen ein." in page_text(answer)


def test_mail_is_in_the_recipients_language(as_guest: Client, owner: User, outsider: User) -> None:
    User.objects.filter(pk=owner.pk).update(language="de")
    for email in (owner.email, outsider.email, "nobody@example.org"):
        as_guest.post("/accounts/password/reset/", {"email": email}, headers=ENGLISH)
    as_guest.post("/accounts/password/reset/", {"email": "niemand@example.org"}, headers=GERMAN)
    assert [message.subject for message in mail.outbox] == [
        "Neues Passwort wählen",
        "Choose a new password",
        "There is no account with this address",
        "Mit dieser Adresse gibt es kein Konto",
    ]
    assert str(mail.outbox[0].body).startswith("Guten Tag,\n\nMit diesem Link wählen Sie ein neues Passwort:")


def test_error_pages_are_in_the_readers_language(
    as_guest: Client, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    assert "Hier ist nichts" in page_text(as_guest.get("/nothing/here/", headers=GERMAN))
    as_guest.raise_request_exception = False
    for problem, words in [(ValueError("a bug"), "unser Fehler"), (OperationalError("away"), "Gleich wieder da")]:
        monkeypatch.setattr("rooms.views.TemplateResponse", _raising(problem))
        page = as_guest.get("/", headers=GERMAN)
        assert words in page_text(page)
        assert '<html lang="de">' in page_text(page)
        assert page.headers["Content-Language"] == "de"


def _raising(problem: Exception) -> Any:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise problem

    return fail
