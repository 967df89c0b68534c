"""A refusal tells the waiting time of the limit that was hit, and what is tried after it is not refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from accounts.tests.clients import PASSWORD, client_for, page_text
from tests.wall_clock import WallClock

LOGIN, RESET, SIGNUP = "/accounts/login/", "/accounts/password/reset/", "/accounts/signup/"


def attempt(client: Client, email: str, password: str = "not the password") -> Any:
    return client.post(LOGIN, {"login": email, "password": password})


def problem(response: Any) -> str:
    return str(*response.context["form"].non_field_errors())


@pytest.mark.parametrize(("waited", "told"), [(0, "5 minutes"), (130, "3 minutes"), (250, "50 seconds")])
def test_attempts_on_one_account_open_after_what_is_left_of_five_minutes(
    owner: User, wall: WallClock, waited: int, told: str
) -> None:
    client = client_for()
    for _ in range(5):
        attempt(client, owner.email)
    wall.seconds += waited
    assert problem(attempt(client, owner.email, PASSWORD)) == f"Too many attempts. Please try again in {told}."
    wall.seconds += 300 - waited
    assert attempt(client, owner.email, PASSWORD).status_code == 302


def test_attempts_of_one_address_open_after_a_minute(owner: User, wall: WallClock) -> None:
    client = client_for()
    for n in range(10):
        attempt(client, f"{n}@example.org")
    wall.seconds += 15
    assert problem(attempt(client, owner.email, PASSWORD)) == "Too many attempts. Please try again in 45 seconds."
    wall.seconds += 45
    assert attempt(client, owner.email, PASSWORD).status_code == 302


def test_the_longest_wait_is_told(owner: User, wall: WallClock) -> None:
    client = client_for()
    for _ in range(5):
        attempt(client, owner.email)
    for n in range(5):
        attempt(client, f"{n}@example.org")
    assert "in 5 minutes." in problem(attempt(client, owner.email))


def test_refused_attempts_do_not_count_for_the_others_behind_the_address(
    owner: User, outsider: User, wall: WallClock
) -> None:
    for _ in range(20):
        attempt(client_for(), owner.email)
    assert attempt(client_for(), outsider.email, PASSWORD).status_code == 302


SIGN_UP = {"nickname": "", "email": "ada@example.org", "password1": PASSWORD}
CHANGE = {"oldpassword": "wrong", "password1": "x", "password2": "y"}


@pytest.mark.parametrize(
    ("url", "form", "limit", "window", "as_user"),
    [
        (LOGIN, {"login": "", "password": ""}, 30, 60, False),
        (SIGNUP, SIGN_UP, 600, 3600, False),
        (RESET, {"email": " Ada@example.org "}, 3, 3600, False),
        ("/accounts/password/reset/key/1-set-password/", {"password1": "x"}, 20, 60, False),
        ("/accounts/password/change/", CHANGE, 5, 60, True),
        ("/accounts/email/", {"email": "x"}, 10, 60, True),
        ("/accounts/reauthenticate/", {"password": "wrong"}, 10, 60, True),
    ],
)
def test_each_page_tells_its_own_waiting_time_and_opens_after_it(
    owner: User, wall: WallClock, url: str, form: dict[str, str], limit: int, window: int, as_user: bool
) -> None:
    client = client_for(owner if as_user else None)
    for _ in range(limit):
        assert client.post(url, form).status_code != 429
    wall.seconds += 20
    refused: Any = client.post(url, form)
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == str(window - 20)
    told = "40 seconds" if window == 60 else "60 minutes"
    assert f"Please try again in {told}." in page_text(refused)
    wall.seconds += window - 20
    assert client.post(url, form).status_code != 429


def test_resets_of_all_accounts_from_one_address_open_after_the_hour(db: None, wall: WallClock) -> None:
    for n in range(10):
        assert client_for().post(RESET, {"email": f"{n}@example.org"}).status_code == 302
    assert client_for().post(RESET, {"email": "ada@example.org"}).headers["Retry-After"] == "3600"


def test_the_waiting_time_is_told_in_the_language_of_the_page(owner: User, wall: WallClock) -> None:
    client = Client(headers={"Accept-Language": "de"})
    for _ in range(5):
        attempt(client, owner.email)
    assert re.search(r"\bin 5 Minuten\b", problem(attempt(client, owner.email)))


# --- known browsers -------------------------------------------------------------------------------


@pytest.fixture
def known(owner: User, wall: WallClock) -> Client:
    client = client_for()
    assert attempt(client, owner.email, PASSWORD).status_code == 302
    client.post("/accounts/logout/")
    return client


@pytest.fixture
def address_is_used_up(known: Client) -> Callable[[], None]:
    def use_up() -> None:
        while attempt(client_for(), "somebody@example.org").status_code != 429:
            pass

    return use_up


def test_a_browser_that_signed_in_before_does_not_wait_for_others_behind_its_address(
    known: Client, owner: User, outsider: User, address_is_used_up: Callable[[], None]
) -> None:
    address_is_used_up()
    assert attempt(client_for(), owner.email, PASSWORD).status_code == 429
    assert attempt(known, outsider.email, PASSWORD).status_code == 429
    assert attempt(known, owner.email.upper(), PASSWORD).status_code == 302


def test_but_it_too_has_a_limit(known: Client, owner: User) -> None:
    def sign_in_and_out() -> int:
        status = attempt(known, owner.email, PASSWORD).status_code
        known.post("/accounts/logout/")
        return int(status)

    assert [sign_in_and_out() for _ in range(31)] == [302] * 30 + [429]


def test_a_known_browser_is_told_its_own_waiting_time(known: Client, owner: User, wall: WallClock) -> None:
    for _ in range(10):
        attempt(known, owner.email)
    wall.seconds += 60
    assert problem(attempt(known, owner.email, PASSWORD)) == "Too many attempts. Please try again in 4 minutes."
