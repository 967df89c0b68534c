"""The owner's pages that change, close, reopen and delete a room."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from accounts.tests.clients import client_for, page_text
from rooms.models import Room

ACTIONS = ["", "close/", "reopen/", "delete/"]
FORM = {"name": "Changed", "capacity": "3", "keeps_chat": "True"}


def unchanged(room: Room) -> bool:
    """True if the row in the database equals this object; ``rev`` rises with every write."""
    now = Room.objects.get(pk=room.pk)
    return (now.name, now.capacity, now.keeps_chat, now.is_open, now.rev) == (
        room.name,
        room.capacity,
        room.keeps_chat,
        room.is_open,
        room.rev,
    )


def test_the_owner_can_change_name_capacity_and_chat_keeping(as_owner: Client, room: Room) -> None:
    response = as_owner.post(f"/rooms/{room.slug}/", FORM)
    room.refresh_from_db()
    assert (room.name, room.capacity, room.keeps_chat) == ("Changed", 3, True)
    assert response.headers["Location"] == "/rooms/"


def test_saving_without_a_change_writes_nothing(as_owner: Client, room: Room) -> None:
    as_owner.post(
        f"/rooms/{room.slug}/", {**FORM, "name": room.name, "capacity": str(room.capacity), "keeps_chat": "False"}
    )
    assert unchanged(room)


def test_the_owner_can_close_and_reopen_the_room(as_owner: Client, as_guest: Client, room: Room) -> None:
    as_owner.post(f"/rooms/{room.slug}/close/")
    assert as_guest.get(f"/r/{room.slug}/").status_code == 404
    as_owner.post(f"/rooms/{room.slug}/reopen/")
    assert as_guest.get(f"/r/{room.slug}/").status_code == 200


def test_deleting_a_room_asks_for_confirmation(as_owner: Client, room: Room) -> None:
    assert "Delete “Weekly”?" in page_text(as_owner.get(f"/rooms/{room.slug}/delete/"))
    assert unchanged(room)
    response = as_owner.post(f"/rooms/{room.slug}/delete/", follow=True)
    assert "is deleted" in page_text(response)
    assert as_owner.get(f"/rooms/{room.slug}/").status_code == 404


@pytest.mark.parametrize("action", ACTIONS)
def test_another_users_room_is_not_found(as_outsider: Client, room: Room, action: str) -> None:
    assert as_outsider.post(f"/rooms/{room.slug}/{action}", FORM).status_code == 404
    if action in ("", "delete/"):
        assert as_outsider.get(f"/rooms/{room.slug}/{action}").status_code == 404
    assert unchanged(room)


@pytest.mark.parametrize("action", ACTIONS)
def test_a_guest_is_redirected_to_sign_in(as_guest: Client, room: Room, action: str) -> None:
    response = as_guest.post(f"/rooms/{room.slug}/{action}", FORM)
    assert response.headers["Location"].startswith("/accounts/login/")
    assert unchanged(room)


@pytest.mark.parametrize("action", ACTIONS)
def test_a_post_without_a_csrf_token_changes_nothing(owner: User, room: Room, action: str) -> None:
    assert client_for(owner, checks_csrf=True).post(f"/rooms/{room.slug}/{action}", FORM).status_code == 403
    assert unchanged(room)


@pytest.mark.parametrize("action", ACTIONS)
def test_a_get_request_changes_nothing(as_owner: Client, room: Room, action: str) -> None:
    as_owner.get(f"/rooms/{room.slug}/{action}?name=Changed&capacity=3")
    assert unchanged(room)
