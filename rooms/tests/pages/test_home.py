from __future__ import annotations

from django.test import Client
from pytest_django import Settings

from accounts.tests.cast import text
from rooms.models import Room
from rooms.services import rooms as services


def test_a_guest_sees_what_this_is_and_the_ways_in(as_guest: Client) -> None:
    page = text(as_guest.get("/"))
    assert "video meetings" in page
    for link in ("/accounts/login/", "/accounts/signup/"):
        assert page.count(f'href="{link}"') == 1
    assert 'action="/join/"' in page
    assert "New meeting" not in page


def test_no_account_is_offered_where_sign_up_is_closed(as_guest: Client, settings: Settings) -> None:
    settings.LANAI_SIGNUP = False
    assert "Create account" not in text(as_guest.get("/"))


def test_a_signed_in_person_can_start_a_meeting_and_find_their_rooms(as_owner: Client, room: Room) -> None:
    page = text(as_owner.get("/"))
    for words in ("Hello, Olive", "New meeting", "Create room", "My rooms", "Weekly"):
        assert words in page


def test_home_shows_the_latest_open_rooms_of_ones_own(as_owner: Client, as_outsider: Client, room: Room) -> None:
    closed = services.create_room(owner=room.owner, name="Shut")
    services.close_room(room=closed, by=room.owner)
    assert "Shut" not in text(as_owner.get("/"))
    assert "Weekly" not in text(as_outsider.get("/"))
