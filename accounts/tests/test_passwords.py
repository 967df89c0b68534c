"""Resetting a forgotten password, changing it, and the required change of an assigned one."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from accounts.tests.clients import PASSWORD, client_for, page_text, visible_page

RESET = "/accounts/password/reset/"
CHANGE = "/accounts/password/change/"
NEW = "a hammock for two"


def link_in(body: object) -> str:
    return next(word for word in str(body).split() if "/password/reset/key/" in word)


def test_a_forgotten_password_can_be_reset_with_the_link_from_the_mail(as_guest: Client, owner: User) -> None:
    as_guest.post(RESET, {"email": "Owner@example.org"})
    page: Any = as_guest.get(link_in(mail.outbox[0].body), follow=True)
    form_at = page.request["PATH_INFO"]
    response = as_guest.post(form_at, {"password1": NEW, "password2": NEW}, follow=True)
    owner.refresh_from_db()
    assert owner.check_password(NEW)
    assert "Your password is changed" in page_text(response)


def test_a_reset_link_works_once(as_guest: Client, owner: User) -> None:
    as_guest.post(RESET, {"email": owner.email})
    link = link_in(mail.outbox[0].body)
    page: Any = as_guest.get(link, follow=True)
    as_guest.post(page.request["PATH_INFO"], {"password1": NEW, "password2": NEW})
    assert "used already" in page_text(client_for().get(link, follow=True))


def test_a_reset_request_does_not_reveal_whether_an_account_exists(as_guest: Client, owner: User) -> None:
    known: Any = as_guest.post(RESET, {"email": owner.email}, follow=True)
    unknown: Any = client_for().post(RESET, {"email": "nobody@example.org"}, follow=True)
    assert known.redirect_chain == unknown.redirect_chain
    assert visible_page(known) == visible_page(unknown)
    assert [message.to for message in mail.outbox] == [[owner.email], ["nobody@example.org"]]


@pytest.mark.parametrize(("open_to_all", "offers"), [(True, True), (False, False)])
def test_the_mail_to_an_unknown_address_offers_sign_up_only_if_it_is_open(
    as_guest: Client, settings: Settings, open_to_all: bool, offers: bool
) -> None:
    settings.LANAI_SIGNUP = open_to_all
    as_guest.post(RESET, {"email": "nobody@example.org"})
    assert ("/accounts/signup/" in mail.outbox[0].body) is offers


def test_too_many_reset_requests_are_throttled(as_guest: Client, owner: User) -> None:
    answers = [as_guest.post(RESET, {"email": owner.email}).status_code for _ in range(4)]
    assert answers == [302, 302, 302, 429]


def test_without_mail_the_page_says_that_the_link_is_in_the_servers_log(as_guest: Client, settings: Settings) -> None:
    settings.EMAIL_URL = ""
    assert "server’s log" in page_text(as_guest.get(RESET))
    settings.EMAIL_URL = "smtp://mail.example.org"
    assert "server’s log" not in page_text(as_guest.get(RESET))


def change(client: Client, old: str = PASSWORD, new: str = NEW) -> Any:
    return client.post(CHANGE, {"oldpassword": old, "password1": new, "password2": new}, follow=True)


def test_changing_a_password_needs_the_old_one(as_owner: Client, owner: User) -> None:
    change(as_owner, old="something else")
    owner.refresh_from_db()
    assert owner.check_password(PASSWORD)


def test_changing_a_password_signs_out_the_other_browsers(as_owner: Client, owner: User) -> None:
    elsewhere = client_for(owner)
    assert "Your password is changed" in page_text(change(as_owner))
    assert as_owner.get("/rooms/").status_code == 200
    assert elsewhere.get("/rooms/").status_code == 302


def test_a_password_cannot_be_changed_without_a_csrf_token(owner: User) -> None:
    change(client_for(owner, checks_csrf=True))
    owner.refresh_from_db()
    assert owner.check_password(PASSWORD)


def test_a_user_with_an_assigned_password_has_to_change_it_first(as_owner: Client, owner: User) -> None:
    User.objects.update(must_change_password=True)
    for path in ("/", "/rooms/", "/admin/", "/accounts/profile/", "/r/abc-defg-hjk/"):
        assert as_owner.get(path).headers["Location"] == CHANGE
    assert as_owner.post("/new/").headers["Location"] == CHANGE
    assert not owner.rooms.exists()
    assert "Choose one of your own" in page_text(as_owner.get(CHANGE))
    change(as_owner)
    owner.refresh_from_db()
    assert not owner.must_change_password
    assert as_owner.get("/rooms/").status_code == 200


def test_a_user_with_an_assigned_password_can_sign_out(as_owner: Client, owner: User) -> None:
    User.objects.update(must_change_password=True)
    as_owner.post("/accounts/logout/")
    assert as_owner.get("/").status_code == 200


def test_a_reset_counts_as_changing_an_assigned_password(as_guest: Client, owner: User) -> None:
    User.objects.update(must_change_password=True)
    as_guest.post(RESET, {"email": owner.email})
    page: Any = as_guest.get(link_in(mail.outbox[0].body), follow=True)
    as_guest.post(page.request["PATH_INFO"], {"password1": NEW, "password2": NEW})
    owner.refresh_from_db()
    assert not owner.must_change_password
