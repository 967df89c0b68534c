"""Unknown codes are throttled per address, and rooms that exist never are: one address is often a whole school."""

from __future__ import annotations

import time as wall_clock
from collections.abc import Callable

import pytest
from django.test import Client
from limits import parse

from accounts.models import User
from accounts.tests.clients import client_for, page_text
from rooms.models import Room
from rooms.rules import access
from rooms.services import rooms as services

LIMIT = 3
UNKNOWN = "/r/aaa-aaaa-aaa/"
IMAGE_ELSEWHERE = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}
FRAME_ELSEWHERE = {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}
LINK_ELSEWHERE = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}


@pytest.fixture(autouse=True)
def few_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access._unknown_codes, "rate", parse(f"{LIMIT}/minute"))


@pytest.fixture
def run_dry(db: None) -> Callable[[], list[int]]:
    """Somebody behind the same address tries one unknown code more than the limit."""
    return lambda: [client_for().get(f"/r/{slug}/").status_code for slug in ("aaa-aaaa-aaa", "no_code", "x", "y")]


def test_an_unknown_code_beyond_the_limit_is_told_to_wait(as_guest: Client, run_dry: Callable[[], list[int]]) -> None:
    assert run_dry() == [404, 404, 404, 429]
    page = as_guest.get(UNKNOWN)
    assert page.status_code == 429
    assert 1 <= int(page.headers["Retry-After"]) <= 60
    assert page.headers.get("Refresh") == page.headers["Retry-After"]
    assert "too often" in page_text(page)
    assert f"tries again by itself in {page.headers['Retry-After']} second" in page_text(page)


@pytest.mark.parametrize("who", ["owner", "outsider", "guest"])
def test_a_room_opens_for_everybody_behind_an_address_over_its_limit(
    who: str, owner: User, outsider: User, room: Room, run_dry: Callable[[], list[int]]
) -> None:
    run_dry()
    client = client_for({"owner": owner, "outsider": outsider, "guest": None}[who])
    assert client.get(f"/r/{room.slug}/").status_code == 200


def test_a_guest_who_was_here_before_comes_back(as_guest: Client, room: Room, run_dry: Callable[[], list[int]]) -> None:
    as_guest.get(f"/r/{room.slug}/")
    run_dry()
    assert as_guest.get(f"/r/{room.slug}/").status_code == 200


def test_even_the_person_who_used_up_the_limit_can_open_a_room(as_guest: Client, room: Room) -> None:
    for _ in range(LIMIT + 1):
        as_guest.get(UNKNOWN)
    assert as_guest.get(f"/r/{room.slug}/").status_code == 200


def test_another_address_is_not_told_to_wait(as_guest: Client, run_dry: Callable[[], list[int]]) -> None:
    run_dry()
    assert as_guest.get(UNKNOWN, REMOTE_ADDR="192.0.2.7").status_code == 404


def test_right_codes_are_not_counted(as_guest: Client, room: Room) -> None:
    assert {as_guest.get(f"/r/{room.slug}/").status_code for _ in range(LIMIT + 2)} == {200}
    assert as_guest.get(UNKNOWN).status_code == 404


@pytest.mark.parametrize("end", [services.close_room, services.delete_room])
def test_a_class_waiting_for_a_closed_room_is_not_throttled(room: Room, end: Callable[..., None]) -> None:
    end(room=room, by=room.owner)
    assert {client_for().get(f"/r/{room.slug}/").status_code for _ in range(LIMIT + 2)} == {404}
    assert client_for().get(UNKNOWN).status_code == 404
    if end is services.close_room:
        services.reopen_room(room=room, by=room.owner)
        assert client_for().get(f"/r/{room.slug}/").status_code == 200


def test_a_closed_room_does_not_count_as_an_unknown_code(room: Room, run_dry: Callable[[], list[int]]) -> None:
    services.close_room(room=room, by=room.owner)
    run_dry()
    assert client_for().get(f"/r/{room.slug}/").status_code == 404


@pytest.mark.parametrize("headers", [IMAGE_ELSEWHERE, FRAME_ELSEWHERE])
def test_a_room_embedded_in_another_page_is_not_looked_up(
    as_guest: Client, room: Room, headers: dict[str, str]
) -> None:
    """Nor does it tell whether there is a room: the limit would not hold for a client that sends these headers."""
    assert {as_guest.get(UNKNOWN, headers=headers).status_code for _ in range(LIMIT + 2)} == {404}
    assert as_guest.get(f"/r/{room.slug}/", headers=headers).status_code == 404
    assert as_guest.get(UNKNOWN).status_code == 404


def test_a_link_followed_from_another_page_is_looked_up(as_guest: Client, room: Room) -> None:
    assert as_guest.get(f"/r/{room.slug}/", headers=LINK_ELSEWHERE).status_code == 200
    answers = [as_guest.get(UNKNOWN, headers=LINK_ELSEWHERE).status_code for _ in range(LIMIT + 1)]
    assert answers == [404, 404, 404, 429]


def test_an_unknown_code_may_be_tried_again_after_the_announced_wait(
    as_guest: Client, run_dry: Callable[[], list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    run_dry()
    wait = int(as_guest.get(UNKNOWN).headers["Retry-After"])
    now = wall_clock.time()
    monkeypatch.setattr(wall_clock, "time", lambda: now + wait)
    assert as_guest.get(UNKNOWN).status_code == 404
