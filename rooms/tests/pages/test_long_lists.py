"""Lists have pages, and no page holds a database connection while it is rendered."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.signals import template_rendered

from accounts.models import User
from accounts.tests.clients import page_text
from rooms import protocol
from rooms.models import Room

ROOMS = 2 * protocol.ROOMS_PER_PAGE + 10


@pytest.fixture
def many(owner: User) -> None:
    Room.objects.bulk_create(Room(owner=owner, name=f"Room {n}.") for n in range(ROOMS))


def shown(page: str) -> int:
    return page.count("data-room=")


def test_a_long_list_has_pages_from_the_newest_to_the_oldest(as_owner: Client, many: None) -> None:
    first, second, third = (page_text(as_owner.get(f"/rooms/?page={number}")) for number in (1, 2, 3))
    assert [shown(page) for page in (first, second, third)] == [50, 50, 10]
    assert f"Room {ROOMS - 1}." in first and "Room 0." in third
    assert "Page 2 of 3" in second
    assert 'rel="next" href="?page=2"' in first and 'rel="prev"' not in first
    assert 'rel="prev" href="?page=2"' in third and 'rel="next"' not in third
    assert 'data-list-page="2"' in second


@pytest.mark.parametrize(("number", "expected"), [("4", 10), ("x", 50), ("-1", 10), ("9" * 30, 10), ("", 50)])
def test_a_page_number_that_does_not_exist_is_answered_with_an_existing_page(
    as_owner: Client, many: None, number: str, expected: int
) -> None:
    assert shown(page_text(as_owner.get("/rooms/", {"page": number}))) == expected


def test_a_short_list_has_no_pager(as_owner: Client, room: Room) -> None:
    assert "pager" not in page_text(as_owner.get("/rooms/"))


def test_the_front_page_reads_no_more_than_a_page(as_owner: Client, many: None) -> None:
    assert shown(page_text(as_owner.get("/"))) == 3


@pytest.fixture
def held() -> Iterator[list[bool]]:
    """Of each template that begins to be rendered, whether a connection is open."""
    seen: list[bool] = []

    def look(**_: object) -> None:
        seen.append(connection.connection is not None)

    template_rendered.connect(look)
    yield seen
    template_rendered.disconnect(look)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "path", ["/", "/rooms/", "/rooms/create/", "/rooms/{slug}/", "/rooms/{slug}/delete/", "/r/{slug}/", "/r/unknown/",
             "/accounts/profile/", "/accounts/password/change/"]
)  # fmt: skip
def test_no_page_holds_a_database_connection_while_it_is_rendered(
    owner: User, as_owner: Client, room: Room, held: list[bool], path: str
) -> None:
    as_owner.get(path.format(slug=room.slug))
    assert held and not any(held)
