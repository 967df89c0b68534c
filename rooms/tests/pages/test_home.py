"""The home page for guests and signed-in users."""

from __future__ import annotations

from django.test import Client
from pytest_django import Settings

from accounts.tests.clients import page_text
from rooms.models import Room
from rooms.services.rooms import close_room, create_room


def test_a_guest_is_offered_sign_in_sign_up_and_joining_by_code(as_guest: Client) -> None:
    page = page_text(as_guest.get("/"))
    assert "video meetings" in page
    for link in ("/accounts/login/", "/accounts/signup/"):
        assert page.count(f'href="{link}"') == 1
    assert 'action="/join/"' in page
    assert "New meeting" not in page


def test_sign_up_is_not_offered_when_it_is_closed(as_guest: Client, settings: Settings) -> None:
    settings.LANAI_SIGNUP = False
    assert "Create account" not in page_text(as_guest.get("/"))


def test_a_signed_in_person_can_start_a_meeting_and_find_their_rooms(as_owner: Client, room: Room) -> None:
    page = page_text(as_owner.get("/"))
    for words in ("Hello, Olive", "New meeting", "Create room", "My rooms", "Weekly"):
        assert words in page


def test_the_home_page_lists_only_the_users_own_open_rooms(as_owner: Client, as_outsider: Client, room: Room) -> None:
    closed = create_room(owner=room.owner, name="Shut")
    close_room(room=closed, by=room.owner)
    assert "Shut" not in page_text(as_owner.get("/"))
    assert "Weekly" not in page_text(as_outsider.get("/"))
