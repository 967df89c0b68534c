"""Signing up: validation, confirmation of the address, throttling."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from accounts.adapter import AccountAdapter
from accounts.models import User
from accounts.tests.clients import PASSWORD, client_for, page_text

URL = "/accounts/signup/"


def form(**changes: str) -> dict[str, str]:
    return {"nickname": "Ada", "email": "ada@example.org", "password1": PASSWORD, **changes}


def test_signing_up_creates_an_account_and_signs_in(as_guest: Client) -> None:
    response = as_guest.post(URL, form(email="Ada@Example.org", nickname="  Ada   Lovelace "), follow=True)
    user = User.objects.get()
    assert (user.email, user.nickname) == ("ada@example.org", "Ada Lovelace")
    assert "Hello, Ada Lovelace" in page_text(response)


@pytest.mark.parametrize("nickname", ["", "   ", "\u200b\u202e", "x" * 41])
def test_an_invisible_or_overlong_nickname_is_refused(as_guest: Client, nickname: str) -> None:
    response = as_guest.post(URL, form(nickname=nickname))
    assert response.context["form"].errors["nickname"]
    assert not User.objects.exists()


@pytest.mark.parametrize("password", ["short", "1234567890123", "password1234", "ada@example.org"])
def test_a_weak_password_is_refused(as_guest: Client, password: str) -> None:
    response = as_guest.post(URL, form(password1=password))
    assert response.context["form"].errors["password1"]
    assert not User.objects.exists()


def test_signing_up_is_impossible_when_it_is_closed(as_guest: Client, settings: Settings) -> None:
    settings.LANAI_SIGNUP = False
    assert "by invitation" in page_text(as_guest.get(URL))
    as_guest.post(URL, form())
    assert not User.objects.exists()
    assert URL not in page_text(as_guest.get("/")) + page_text(as_guest.get("/accounts/login/"))


def test_an_address_in_use_cannot_sign_up_again(as_guest: Client, owner: User) -> None:
    as_guest.post(URL, form(email="OWNER@example.org"))
    assert User.objects.count() == 1


@pytest.fixture
def with_mail(settings: Settings) -> None:
    settings.EMAIL_URL = "smtp://mail.example.org"
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.ACCOUNT_EMAIL_NOTIFICATIONS = True


def test_an_address_must_be_confirmed_before_the_first_sign_in(as_guest: Client, with_mail: None) -> None:
    response = as_guest.post(URL, form(), follow=True)
    assert "Look into your mail" in page_text(response)
    assert "_auth_user_id" not in as_guest.session
    link = next(word for word in mail.outbox[0].body.split() if "/confirm-email/" in word)
    assert "Is <strong>ada@example.org</strong> your address?" in page_text(as_guest.get(link))
    assert not User.objects.get().emailaddress_set.get().verified
    as_guest.post(link)
    assert User.objects.get().emailaddress_set.get().verified
    credentials = {"login": "ada@example.org", "password": PASSWORD}
    signed_in = as_guest.post("/accounts/login/", credentials, follow=True)
    assert "Hello, Ada" in page_text(signed_in)


def test_signing_in_with_an_unconfirmed_address_asks_to_check_the_mail(
    as_guest: Client, owner: User, with_mail: None
) -> None:
    response = as_guest.post("/accounts/login/", {"login": owner.email, "password": PASSWORD}, follow=True)
    assert "Look into your mail" in page_text(response)
    assert "_auth_user_id" not in as_guest.session


def test_with_mail_signing_up_does_not_reveal_whether_an_account_exists(
    as_guest: Client, owner: User, with_mail: None
) -> None:
    known: Any = as_guest.post(URL, form(email=owner.email), follow=True)
    unknown: Any = client_for().post(URL, form(), follow=True)
    assert known.redirect_chain == unknown.redirect_chain
    assert "already" in mail.outbox[0].subject


def test_submitting_the_form_twice_is_not_an_error(as_guest: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    save_user = AccountAdapter.save_user

    def save_after_the_other_request(self: AccountAdapter, *args: Any, **kwargs: Any) -> Any:
        User.objects.create_user("ada@example.org", PASSWORD, nickname="Ada")
        return save_user(self, *args, **kwargs)

    monkeypatch.setattr(AccountAdapter, "save_user", save_after_the_other_request)
    assert as_guest.post(URL, form()).headers["Location"] == "/accounts/login/"


def test_too_many_sign_ups_from_one_address_are_throttled(db: None) -> None:
    answers = [client_for().post(URL, form(email=f"{n}@example.org")).status_code for n in range(61)]
    assert answers[-1] == 429
