"""Creating rooms: the instant meeting and the form."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from accounts.tests.clients import client_for, page_text
from rooms.models import Room


def test_a_new_meeting_creates_a_room_and_redirects_to_it(as_owner: Client, owner: User) -> None:
    response = as_owner.post("/new/")
    room = Room.objects.get()
    assert room.owner == owner
    assert response.headers["Location"] == f"/r/{room.slug}/"


def test_a_room_is_created_with_its_name_and_capacity(as_owner: Client, owner: User) -> None:
    response = as_owner.post(
        "/rooms/create/", {"name": "  Weekly  ", "capacity": "4", "keeps_chat": "False"}, follow=True
    )
    room = Room.objects.get()
    assert (room.owner, room.name, room.capacity) == (owner, "Weekly", 4)
    assert "Your room is ready" in page_text(response)


@pytest.mark.parametrize(
    "wrong", [{"capacity": "1"}, {"capacity": "9"}, {"capacity": "x"}, {"name": "x" * 81}, {"keeps_chat": ""}]
)
def test_invalid_room_values_are_refused(as_owner: Client, wrong: dict[str, str]) -> None:
    response = as_owner.post("/rooms/create/", {"name": "Weekly", "capacity": "6", "keeps_chat": "False", **wrong})
    assert list(response.context["form"].errors) == list(wrong)
    assert not Room.objects.exists()


def test_the_form_explains_how_capacity_affects_video(as_owner: Client) -> None:
    page = page_text(as_owner.get("/rooms/create/"))
    for words in ("4 people, full video", "6 people, small video", "8 people, sound only"):
        assert words in page


@pytest.mark.parametrize("path", ["/new/", "/rooms/create/"])
def test_a_guest_is_redirected_to_sign_in(as_guest: Client, path: str) -> None:
    response = as_guest.post(path, {"name": "Weekly", "capacity": "6"})
    assert response.headers["Location"] == f"/accounts/login/?next={path}"
    assert not Room.objects.exists()


@pytest.mark.parametrize("path", ["/new/", "/rooms/create/"])
def test_a_post_without_a_csrf_token_creates_no_room(owner: User, path: str) -> None:
    assert client_for(owner, checks_csrf=True).post(path, {"capacity": "6"}).status_code == 403
    assert not Room.objects.exists()


@pytest.mark.parametrize("path", ["/new/", "/rooms/create/?name=Weekly&capacity=6"])
def test_a_get_request_creates_no_room(as_owner: Client, path: str) -> None:
    as_owner.get(path)
    assert not Room.objects.exists()
