"""In which language somebody reads: the account's, that chosen at the foot of a page, or the browser's."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.db import OperationalError
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from accounts.tests.cast import browser, text

LOGIN = "/accounts/login/"
PROFILE = "/accounts/profile/"
CHOICE = "/accounts/language/"
GERMAN = {"Accept-Language": "fr;q=0.9, de-AT;q=0.8, en;q=0.5"}
ENGLISH = {"Accept-Language": "en-GB, de;q=0.5"}


def language(client: Client, path: str = LOGIN, **headers: Any) -> str:
    """Of a page: what it says of itself, and what it is written in."""
    response = client.get(path, follow=True, **headers)
    page = text(response)
    named = response.headers["Content-Language"]
    assert f'<html lang="{named}">' in page
    assert ("Deutsch" in page, "English" in page) == (True, True), "each by its own name"
    assert ("Anmelden" in page or "Abmelden" in page) is (named == "de")
    return named


@pytest.mark.parametrize(
    ("wishes", "expected"),
    [("de", "de"), ("de-CH", "de"), ("fr, de;q=0.3", "de"), ("en-GB, de", "en"), ("fr", "en"), ("", "en")],
)
def test_a_guest_reads_what_the_browser_asks_for(as_guest: Client, wishes: str, expected: str) -> None:
    assert language(as_guest, headers={"Accept-Language": wishes}) == expected


def test_a_cache_keeps_the_languages_apart(as_guest: Client) -> None:
    vary = as_guest.get(LOGIN, headers=GERMAN).headers["Vary"]
    assert {"Accept-Language", "Cookie"} <= {name.strip() for name in vary.split(",")}


def test_a_choice_at_the_foot_of_a_page_goes_before_the_browser_and_back_to_the_page(as_guest: Client) -> None:
    response = as_guest.post(CHOICE, {"language": "de", "next": LOGIN}, headers=ENGLISH)
    assert response.headers["Location"] == LOGIN
    assert language(as_guest, headers=ENGLISH) == "de"
    as_guest.post(CHOICE, {"language": "en", "next": LOGIN}, headers=GERMAN)
    assert language(as_guest, headers=GERMAN) == "en"


def test_a_choice_leads_to_no_other_site(as_guest: Client) -> None:
    response = as_guest.post(CHOICE, {"language": "de", "next": "https://evil.example.org/"})
    assert response.headers["Location"] == "/"


@pytest.mark.parametrize("unknown", ["fr", "xx", "", "../../etc", "de\nSet-Cookie: a=b"])
def test_a_language_that_is_not_there_changes_nothing(as_owner: Client, owner: User, unknown: str) -> None:
    as_owner.post(CHOICE, {"language": "de"})
    as_owner.post(CHOICE, {"language": unknown})
    owner.refresh_from_db()
    assert owner.language == "de"


def test_a_choice_is_a_form_of_ours(owner: User) -> None:
    strict = browser(owner, checks_csrf=True)
    assert strict.post(CHOICE, {"language": "de"}).status_code == 403
    assert strict.get(CHOICE).status_code == 405


def test_a_choice_goes_with_the_account_to_every_browser(as_owner: Client, owner: User) -> None:
    as_owner.post(CHOICE, {"language": "de"}, headers=ENGLISH)
    assert language(browser(owner), "/", headers=ENGLISH) == "de"


def test_the_profile_chooses_and_answers_in_the_new_language(as_owner: Client, owner: User) -> None:
    saved = as_owner.post(PROFILE, {"nickname": "Olive", "language": "de"}, headers=ENGLISH, follow=True)
    assert "Gespeichert." in text(saved)
    owner.refresh_from_db()
    assert owner.language == "de"
    assert language(as_owner, "/", headers=ENGLISH) == "de"


def test_as_in_my_browser_forgets_every_choice(as_owner: Client, owner: User) -> None:
    as_owner.post(CHOICE, {"language": "de"})
    as_owner.post(PROFILE, {"nickname": "Olive", "language": ""})
    assert language(as_owner, "/", headers=ENGLISH) == "en"
    assert language(as_owner, "/", headers=GERMAN) == "de"


def test_who_signs_out_goes_on_in_the_language_last_chosen_here(as_owner: Client) -> None:
    as_owner.post(PROFILE, {"nickname": "Olive", "language": "de"})
    as_owner.post("/accounts/logout/")
    assert language(as_owner, headers=ENGLISH) == "de"


def test_a_language_that_was_taken_away_is_no_trouble(as_owner: Client, owner: User) -> None:
    User.objects.filter(pk=owner.pk).update(language="tlh")
    assert language(as_owner, "/", headers=GERMAN) == "de"


def test_who_has_to_change_the_password_can_read_why(as_owner: Client, owner: User) -> None:
    User.objects.filter(pk=owner.pk).update(must_change_password=True)
    changed = as_owner.post(CHOICE, {"language": "de", "next": "/accounts/password/change/"}, follow=True)
    assert "Wählen Sie ein eigenes" in text(changed)


def test_a_form_says_what_is_wrong_in_the_readers_language(as_guest: Client) -> None:
    answer = as_guest.post("/join/", {"code": "?"}, headers=GERMAN)
    assert "Das ist weder ein Code noch ein Link" in text(answer)
    answer = as_guest.post("/accounts/signup/", {"nickname": "\u200b"}, headers=GERMAN)
    assert "Bitte geben Sie einen Namen mit 1 bis 40 Zeichen ein." in text(answer)


def test_a_mail_is_in_the_language_of_who_reads_it(as_guest: Client, owner: User, outsider: User) -> None:
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


def test_a_page_about_trouble_is_in_the_readers_language(
    as_guest: Client, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    assert "Hier ist nichts" in text(as_guest.get("/nothing/here/", headers=GERMAN))
    as_guest.raise_request_exception = False
    for problem, words in [(ValueError("a bug"), "unser Fehler"), (OperationalError("away"), "Gleich wieder da")]:
        monkeypatch.setattr("rooms.views.render", _raising(problem))
        page = as_guest.get("/", headers=GERMAN)
        assert words in text(page)
        assert '<html lang="de">' in text(page)
        assert page.headers["Content-Language"] == "de"


def _raising(problem: Exception) -> Any:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise problem

    return fail
