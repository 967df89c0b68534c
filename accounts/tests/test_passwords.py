from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from accounts.tests.cast import PASSWORD, browser, seen, text

RESET = "/accounts/password/reset/"
CHANGE = "/accounts/password/change/"
NEW = "a hammock for two"


def link_in(body: object) -> str:
    return next(word for word in str(body).split() if "/password/reset/key/" in word)


def test_a_forgotten_password_is_replaced_with_the_link_from_the_mail(as_guest: Client, owner: User) -> None:
    as_guest.post(RESET, {"email": "Owner@example.org"})
    page: Any = as_guest.get(link_in(mail.outbox[0].body), follow=True)
    form_at = page.request["PATH_INFO"]
    response = as_guest.post(form_at, {"password1": NEW, "password2": NEW}, follow=True)
    owner.refresh_from_db()
    assert owner.check_password(NEW)
    assert "Your password is changed" in text(response)


def test_a_reset_link_works_once(as_guest: Client, owner: User) -> None:
    as_guest.post(RESET, {"email": owner.email})
    link = link_in(mail.outbox[0].body)
    page: Any = as_guest.get(link, follow=True)
    as_guest.post(page.request["PATH_INFO"], {"password1": NEW, "password2": NEW})
    assert "used already" in text(browser().get(link, follow=True))


def test_asking_for_a_reset_does_not_tell_who_has_an_account(as_guest: Client, owner: User) -> None:
    known: Any = as_guest.post(RESET, {"email": owner.email}, follow=True)
    unknown: Any = browser().post(RESET, {"email": "nobody@example.org"}, follow=True)
    assert known.redirect_chain == unknown.redirect_chain
    assert seen(known) == seen(unknown)
    assert [message.to for message in mail.outbox] == [[owner.email], ["nobody@example.org"]]


@pytest.mark.parametrize(("open_to_all", "offers"), [(True, True), (False, False)])
def test_the_mail_to_a_stranger_offers_an_account_only_where_there_is_one_to_get(
    as_guest: Client, settings: Settings, open_to_all: bool, offers: bool
) -> None:
    settings.LANAI_SIGNUP = open_to_all
    as_guest.post(RESET, {"email": "nobody@example.org"})
    assert ("/accounts/signup/" in mail.outbox[0].body) is offers


def test_too_many_resets_have_to_wait(as_guest: Client, owner: User) -> None:
    answers = [as_guest.post(RESET, {"email": owner.email}).status_code for _ in range(4)]
    assert answers == [302, 302, 302, 429]


def test_where_no_mail_is_sent_the_page_says_where_the_link_is(as_guest: Client, settings: Settings) -> None:
    settings.EMAIL_URL = ""
    assert "server’s log" in text(as_guest.get(RESET))
    settings.EMAIL_URL = "smtp://mail.example.org"
    assert "server’s log" not in text(as_guest.get(RESET))


def change(client: Client, old: str = PASSWORD, new: str = NEW) -> Any:
    return client.post(CHANGE, {"oldpassword": old, "password1": new, "password2": new}, follow=True)


def test_changing_a_password_needs_the_old_one(as_owner: Client, owner: User) -> None:
    change(as_owner, old="something else")
    owner.refresh_from_db()
    assert owner.check_password(PASSWORD)


def test_changing_a_password_signs_out_the_other_browsers(as_owner: Client, owner: User) -> None:
    elsewhere = browser(owner)
    assert "Your password is changed" in text(change(as_owner))
    assert as_owner.get("/rooms/").status_code == 200
    assert elsewhere.get("/rooms/").status_code == 302


def test_a_password_cannot_be_changed_by_a_forged_form(owner: User) -> None:
    change(browser(owner, checks_csrf=True))
    owner.refresh_from_db()
    assert owner.check_password(PASSWORD)


def test_somebody_with_a_given_password_has_to_choose_one_first(as_owner: Client, owner: User) -> None:
    User.objects.update(must_change_password=True)
    for path in ("/", "/rooms/", "/admin/", "/accounts/profile/", "/r/abc-defg-hjk/"):
        assert as_owner.get(path).headers["Location"] == CHANGE
    assert as_owner.post("/new/").headers["Location"] == CHANGE
    assert not owner.rooms.exists()
    assert "Choose one of your own" in text(as_owner.get(CHANGE))
    change(as_owner)
    owner.refresh_from_db()
    assert not owner.must_change_password
    assert as_owner.get("/rooms/").status_code == 200


def test_somebody_with_a_given_password_can_sign_out(as_owner: Client, owner: User) -> None:
    User.objects.update(must_change_password=True)
    as_owner.post("/accounts/logout/")
    assert as_owner.get("/").status_code == 200


def test_a_reset_counts_as_choosing_a_password(as_guest: Client, owner: User) -> None:
    User.objects.update(must_change_password=True)
    as_guest.post(RESET, {"email": owner.email})
    page: Any = as_guest.get(link_in(mail.outbox[0].body), follow=True)
    as_guest.post(page.request["PATH_INFO"], {"password1": NEW, "password2": NEW})
    owner.refresh_from_db()
    assert not owner.must_change_password
