"""Guessing from elsewhere does not keep the owner out, and neither times nor words tell who has an account."""

from __future__ import annotations

import time as wall_clock
from typing import Any

import pytest
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.core import mail
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from accounts.tests.clients import PASSWORD, client_for, page_text, visible_page

LOGIN, SIGNUP = "/accounts/login/", "/accounts/signup/"


def sign_in(client: Client, email: str, password: str = PASSWORD, address: str = "192.0.2.1") -> bool:
    client.post(LOGIN, {"login": email, "password": password}, REMOTE_ADDR=address)
    return "_auth_user_id" in client.session


def guess(email: str, times: int, address: str) -> None:
    for _ in range(times):
        assert not sign_in(client_for(), email, "not the password", address)


def test_wrong_passwords_from_elsewhere_do_not_keep_the_owner_out(owner: User) -> None:
    guess(owner.email, 6, "198.51.100.1")
    assert sign_in(client_for(), owner.email)
    assert not sign_in(client_for(), owner.email, address="198.51.100.1")


def test_a_known_browser_may_try_whatever_others_did(owner: User) -> None:
    known = client_for()
    assert sign_in(known, owner.email)
    known.post("/accounts/logout/")
    for n in range(10):
        guess(owner.email, 5, f"198.51.100.{n}")
    guess(owner.email, 6, "192.0.2.1")  # in the same network, too
    assert not sign_in(client_for(), owner.email, address="192.0.2.2")
    assert sign_in(known, owner.email)


def test_a_known_browser_has_a_limit_of_its_own(owner: User) -> None:
    known = client_for()
    sign_in(known, owner.email)
    known.post("/accounts/logout/")
    for _ in range(10):
        sign_in(known, owner.email, "not the password")
    assert not sign_in(known, owner.email)
    assert sign_in(client_for(), owner.email)


def test_a_made_up_or_anothers_cookie_is_no_known_browser(owner: User, outsider: User) -> None:
    ottos = client_for()
    sign_in(ottos, outsider.email)
    ottos.post("/accounts/logout/")
    made_up = client_for()
    made_up.cookies["device"] = "0011223344556677:00112233445566778899:x:y"
    guess(owner.email, 5, "192.0.2.1")
    assert not sign_in(ottos, owner.email)
    assert not sign_in(made_up, owner.email)


def test_a_reset_password_can_be_used_at_once(owner: User) -> None:
    client = client_for()
    for _ in range(6):
        sign_in(client, owner.email, "forgotten")
    client.post("/accounts/password/reset/", {"email": owner.email}, REMOTE_ADDR="192.0.2.1")
    link = next(word for word in str(mail.outbox[0].body).split() if "/password/reset/key/" in word)
    page: Any = client.get(link, follow=True)
    new = {"password1": "a hammock for two", "password2": "a hammock for two"}
    client.post(page.request["PATH_INFO"], new, REMOTE_ADDR="192.0.2.1")
    assert sign_in(client, owner.email, "a hammock for two")


# --- sign-ups -------------------------------------------------------------------------------------


def sign_up(n: int, **more: str) -> Any:
    form = {"nickname": "Grace", "email": f"{n}@example.org", "password1": PASSWORD, **more}
    return client_for().post(SIGNUP, form, follow=True)


def test_a_class_signs_up_behind_one_address_and_the_next_is_told_how_long(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = wall_clock.time()
    monkeypatch.setattr(wall_clock, "time", lambda: now)
    assert {sign_up(n).status_code for n in range(60)} == {200}
    answer = sign_up(61)
    assert answer.status_code == 429
    assert "Please try again in 60 minutes." in page_text(answer)
    assert answer.headers["Retry-After"] == "3600"


@pytest.fixture
def with_mail(settings: Settings) -> None:
    settings.EMAIL_URL = "smtp://mail.example.org"
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A list that grows with every password that is hashed, which is what takes time."""
    found: list[str] = []
    encode = ScryptPasswordHasher.encode

    def count(self: ScryptPasswordHasher, password: str, *args: Any, **kwargs: Any) -> str:
        found.append(password)
        return encode(self, password, *args, **kwargs)

    monkeypatch.setattr(ScryptPasswordHasher, "encode", count)
    return found


def test_signing_up_with_a_known_address_takes_as_long_and_says_the_same(
    owner: User, with_mail: None, hashed: list[str]
) -> None:
    owner.trust_email()
    hashed.clear()
    new = sign_up(1)
    for_new = len(hashed)
    known = sign_up(2, email=owner.email)
    assert len(hashed) - for_new == for_new
    assert new.redirect_chain == known.redirect_chain
    assert visible_page(new) == visible_page(known).replace(owner.email, "1@example.org")


def test_a_wrong_password_takes_as_long_as_an_unknown_address(owner: User, hashed: list[str]) -> None:
    hashed.clear()
    sign_in(client_for(), owner.email, "not the password")
    for_known = len(hashed)
    sign_in(client_for(), "nobody@example.org", "not the password")
    assert (for_known, len(hashed)) == (1, 2)
