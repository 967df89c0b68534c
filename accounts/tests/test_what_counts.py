"""What counts for the limits of sign-ins, sign-ups and password resets, and that a refusal tells nobody's account."""

from __future__ import annotations

import time as wall_clock
from typing import Any

import pytest
from pytest_django import Settings

from accounts.models import User
from accounts.tests.clients import PASSWORD, client_for, visible_page

LOGIN, RESET, SIGNUP = "/accounts/login/", "/accounts/password/reset/", "/accounts/signup/"


@pytest.fixture(autouse=True)
def stopped_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    now = wall_clock.time()
    monkeypatch.setattr(wall_clock, "time", lambda: now)


@pytest.fixture
def with_mail(settings: Settings) -> None:
    settings.EMAIL_URL = "smtp://mail.example.org"
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"


def sign_in(email: str, password: str = "not the password", address: str = "192.0.2.1") -> Any:
    return client_for().post(LOGIN, {"login": email, "password": password}, REMOTE_ADDR=address)


def sign_up(n: int, **changes: str) -> Any:
    form = {"nickname": "Grace", "email": f"{n}@example.org", "password1": PASSWORD, **changes}
    return client_for().post(SIGNUP, form)


def reset(email: str) -> Any:
    return client_for().post(RESET, {"email": email})


def refusal(response: Any) -> tuple[int, str | None, str]:
    """What somebody sees who was refused: the status, the waiting time of machines, and the page."""
    return response.status_code, response.headers.get("Retry-After"), visible_page(response)


def test_forms_with_mistakes_do_not_use_up_the_sign_ups_of_an_address(db: None) -> None:
    for n in range(100):
        assert sign_up(n, password1="short").status_code == 200
    assert sign_up(1).status_code == 302


@pytest.mark.parametrize("url", [LOGIN, SIGNUP, RESET, "/accounts/password/reset/key/1-set-password/"])
def test_opening_a_page_counts_for_nothing(db: None, url: str) -> None:
    for _ in range(70):
        assert client_for().get(url).status_code == 200
    assert client_for().post(url, {"email": "ada@example.org"}).status_code != 429


@pytest.mark.parametrize("page", ["password/change/", "email/", "reauthenticate/"])
def test_opening_an_accounts_page_counts_for_nothing(owner: User, page: str) -> None:
    client = client_for(owner)
    for _ in range(12):
        assert client.get(f"/accounts/{page}").status_code != 429
    assert client.post(f"/accounts/{page}", {"email": "x"}).status_code != 429


@pytest.mark.parametrize("page", ["password/change/", "password/set/", "email/", "reauthenticate/"])
def test_a_signed_out_browser_is_sent_to_sign_in_however_often(db: None, page: str) -> None:
    answers = [client_for().post(f"/accounts/{page}", {"email": "x"}).headers["Location"] for _ in range(12)]
    assert set(answers) == {f"{LOGIN}?next=/accounts/{page}"}


def test_an_account_without_a_password_cannot_set_one_as_often_as_it_likes(owner: User) -> None:
    owner.set_unusable_password()
    owner.save()
    client = client_for(owner)
    answers = [client.post("/accounts/password/set/", {"password1": "x"}).status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]


def test_the_addresses_of_one_ipv6_network_count_together(owner: User) -> None:
    for n in range(1, 6):
        sign_in(owner.email, address=f"2001:db8::{n}")
    assert "in 5 minutes." in visible_page(sign_in(owner.email, PASSWORD, "2001:db8::9"))
    assert sign_in(owner.email, PASSWORD, "2001:db8:0:1::9").status_code == 302


def test_refused_resets_of_one_mail_address_leave_the_others_behind_the_address_theirs(db: None) -> None:
    for _ in range(20):
        reset("ada@example.org")
    assert [reset(f"{n}@example.org").status_code for n in range(8)] == [302] * 7 + [429]


# --- neither times nor words tell who has an account ----------------------------------------------


def test_refused_sign_ins_are_alike_with_an_account_and_without(owner: User, with_mail: None) -> None:
    known, unknown = ([sign_in(email) for _ in range(7)] for email in (owner.email, "nobody@example.org"))
    assert "in 5 minutes." in visible_page(known[-1])
    assert [refusal(one)[:2] for one in known] == [refusal(one)[:2] for one in unknown]
    assert visible_page(known[-1]).replace(owner.email, "nobody@example.org") == visible_page(unknown[-1])


def test_refused_resets_are_alike_with_an_account_and_without(owner: User, with_mail: None) -> None:
    known, unknown = ([reset(email) for _ in range(4)] for email in (owner.email, "nobody@example.org"))
    assert [one.status_code for one in known] == [302, 302, 302, 429]
    assert [refusal(one) for one in known] == [refusal(one) for one in unknown]


def test_refused_sign_ups_are_alike_with_an_account_and_without(owner: User, with_mail: None) -> None:
    for n in range(30):
        assert sign_up(n).status_code == sign_up(n, email=owner.email).status_code == 302
    refused = refusal(sign_up(99, email=owner.email))
    assert refused == refusal(sign_up(99))
    assert refused[:2] == (429, "3600")
