from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from accounts.tests.cast import browser, text
from rooms.models import Room

ACTIONS = ["", "close/", "reopen/", "delete/"]
FORM = {"name": "Changed", "capacity": "3", "keeps_chat": "True"}


def unchanged(room: Room) -> bool:
    """The table still says what this object says; ``rev`` rises with every write."""
    now = Room.objects.get(pk=room.pk)
    return (now.name, now.capacity, now.keeps_chat, now.is_open, now.rev) == (
        room.name,
        room.capacity,
        room.keeps_chat,
        room.is_open,
        room.rev,
    )


def test_the_owner_renames_resizes_and_decides_what_becomes_of_chat(as_owner: Client, room: Room) -> None:
    response = as_owner.post(f"/rooms/{room.slug}/", FORM)
    room.refresh_from_db()
    assert (room.name, room.capacity, room.keeps_chat) == ("Changed", 3, True)
    assert response.headers["Location"] == "/rooms/"


def test_saving_without_a_change_tells_nobody(as_owner: Client, room: Room) -> None:
    as_owner.post(
        f"/rooms/{room.slug}/", {**FORM, "name": room.name, "capacity": str(room.capacity), "keeps_chat": "False"}
    )
    assert unchanged(room)


def test_the_owner_closes_and_opens_again(as_owner: Client, as_guest: Client, room: Room) -> None:
    as_owner.post(f"/rooms/{room.slug}/close/")
    assert as_guest.get(f"/r/{room.slug}/").status_code == 404
    as_owner.post(f"/rooms/{room.slug}/reopen/")
    assert as_guest.get(f"/r/{room.slug}/").status_code == 200


def test_deleting_asks_first(as_owner: Client, room: Room) -> None:
    assert "Delete “Weekly”?" in text(as_owner.get(f"/rooms/{room.slug}/delete/"))
    assert unchanged(room)
    response = as_owner.post(f"/rooms/{room.slug}/delete/", follow=True)
    assert "is deleted" in text(response)
    assert as_owner.get(f"/rooms/{room.slug}/").status_code == 404


@pytest.mark.parametrize("action", ACTIONS)
def test_a_room_of_somebody_else_is_not_there(as_outsider: Client, room: Room, action: str) -> None:
    assert as_outsider.post(f"/rooms/{room.slug}/{action}", FORM).status_code == 404
    if action in ("", "delete/"):
        assert as_outsider.get(f"/rooms/{room.slug}/{action}").status_code == 404
    assert unchanged(room)


@pytest.mark.parametrize("action", ACTIONS)
def test_a_guest_is_sent_to_sign_in(as_guest: Client, room: Room, action: str) -> None:
    response = as_guest.post(f"/rooms/{room.slug}/{action}", FORM)
    assert response.headers["Location"].startswith("/accounts/login/")
    assert unchanged(room)


@pytest.mark.parametrize("action", ACTIONS)
def test_a_forged_form_changes_nothing(owner: User, room: Room, action: str) -> None:
    assert browser(owner, checks_csrf=True).post(f"/rooms/{room.slug}/{action}", FORM).status_code == 403
    assert unchanged(room)


@pytest.mark.parametrize("action", ACTIONS)
def test_get_changes_nothing(as_owner: Client, room: Room, action: str) -> None:
    as_owner.get(f"/rooms/{room.slug}/{action}?name=Changed&capacity=3")
    assert unchanged(room)
