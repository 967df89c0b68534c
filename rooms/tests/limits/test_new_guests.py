"""How many new guest sessions, each a row of the database, one address may make in an hour."""

from __future__ import annotations

import time as wall_clock
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from limits import parse

from accounts.tests.clients import client_for, page_text, plain_static_files, reset_throttles  # noqa: F401
from rooms.models import Room
from rooms.rules import access
from rooms.services.rooms import close_room

LIMIT = 3


@pytest.fixture(autouse=True)
def few_guests(monkeypatch: pytest.MonkeyPatch) -> None:
    if throttle := getattr(access, "_new_guests", None):
        monkeypatch.setattr(throttle, "rate", parse(f"{LIMIT}/hour"))


def visit(room: Room, client: Client | None = None, **more: Any) -> Any:
    return (client or client_for()).get(f"/r/{room.slug}/", **more)


def test_an_address_makes_so_many_guests_an_hour_and_no_more_rows(room):
    assert [visit(room).status_code for _ in range(LIMIT + 3)] == [200] * LIMIT + [429] * 3
    assert Session.objects.count() == LIMIT


def test_the_next_one_is_told_how_long_and_gets_in_then(room, monkeypatch):
    now = wall_clock.time()
    monkeypatch.setattr(wall_clock, "time", lambda: now)
    for _ in range(LIMIT):
        visit(room)
    monkeypatch.setattr(wall_clock, "time", lambda: now + 1000.5)
    late = client_for()
    page = visit(room, late)
    assert page.status_code == 429
    assert page.headers["Retry-After"] == page.headers["Refresh"] == "2600"
    assert "This page tries again by itself in 44 minutes." in page_text(page)
    assert f"/accounts/login/?next=/r/{room.slug}/" in page_text(page)
    monkeypatch.setattr(wall_clock, "time", lambda: now + 3600.5)
    assert visit(room, late).status_code == 200


def test_whoever_was_here_before_comes_back(room):
    early = client_for()
    visit(room, early)
    for _ in range(LIMIT + 1):
        visit(room)
    assert visit(room, early).status_code == 200


@pytest.mark.parametrize("who", ["owner", "outsider"])
def test_accounts_get_in_and_count_for_nothing(room, owner, outsider, who):
    account = {"owner": owner, "outsider": outsider}[who]
    assert {visit(room, client_for(account)).status_code for _ in range(LIMIT + 1)} == {200}
    for _ in range(LIMIT + 1):
        visit(room)
    assert visit(room, client_for(account)).status_code == 200


def test_a_refused_guest_signs_in_and_gets_in(room, outsider):
    for _ in range(LIMIT):
        visit(room)
    client = client_for()
    assert visit(room, client).status_code == 429
    assert client.post("/accounts/login/", {"login": outsider.email, "password": "a long password"}).status_code == 302
    assert visit(room, client).status_code == 200


def test_a_session_whose_account_is_gone_is_replaced_not_counted(room, outsider):
    for _ in range(LIMIT):
        visit(room)
    client = client_for(outsider)
    outsider.delete()
    assert visit(room, client).status_code == 200
    assert Session.objects.count() == LIMIT + 1


def test_another_address_has_its_own_number_and_one_network_of_ipv6_has_one(room):
    for _ in range(LIMIT + 1):
        visit(room)
    assert visit(room, REMOTE_ADDR="192.0.2.7").status_code == 200
    answers = [visit(room, REMOTE_ADDR=f"2001:db8::{n}").status_code for n in range(1, LIMIT + 2)]
    assert answers == [200] * LIMIT + [429]


def test_closed_and_unknown_rooms_make_no_sessions(room, owner):
    close_room(room=room, by=owner)
    assert {visit(room).status_code for _ in range(LIMIT + 1)} == {404}
    assert not Session.objects.exists()


OTHER_PAGES = [
    "/", "/rooms/", "/rooms/create/", "/new/", "/join/", "/accounts/login/", "/accounts/signup/", "/accounts/logout/",
    "/accounts/password/reset/", "/accounts/password/reset/done/", "/accounts/password/reset/key/1-abc/",
    "/accounts/password/change/", "/accounts/email/", "/accounts/confirm-email/", "/accounts/confirm-email/abc/",
    "/accounts/inactive/", "/accounts/profile/", "/accounts/language/", "/accounts/reauthenticate/", "/admin/",
    "/admin/login/", "/r/aaa-aaaa-aaa/",
]  # fmt: skip


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("path", OTHER_PAGES)
def test_no_other_page_makes_a_session_for_a_passer_by(db, path, method):
    getattr(client_for(), method)(path, {"code": "x", "email": "ada@example.org", "language": "de"})
    assert not Session.objects.exists()
