"""The room's page: its configuration, unknown codes and their limit, and the renewal of the session."""

from __future__ import annotations

import json
import re
from typing import Any

from django.conf import settings
from django.test import Client

from accounts.tests.clients import page_text, visible_page
from rooms.models import Room
from rooms.services.rooms import RoomChange, change_room, close_room, create_room, delete_room
from rooms.tests.conftest import FakeClock


def page_config(page: str) -> dict[str, Any]:
    found = re.search(r'<script id="room-config" type="application/json">(.*?)</script>', page)
    assert found
    config: dict[str, Any] = json.loads(found[1])
    return config


def test_the_page_config_has_the_socket_path_and_the_owners_nickname(as_owner: Client, room: Room) -> None:
    config = page_config(page_text(as_owner.get(f"/r/{room.slug}/")))
    assert config == {
        "slug": room.slug,
        "name": "Weekly",
        "socket": f"/ws/r/{room.slug}/",
        "nickname": "Olive",
        "link": f"http://testserver/r/{room.slug}/",
        "home": "/",
        "may_exceed_capacity": True,
    }


def test_a_signed_in_outsider_gets_their_own_nickname(as_outsider: Client, room: Room) -> None:
    config = page_config(page_text(as_outsider.get(f"/r/{room.slug}/")))
    assert config["nickname"] == "Otto"
    assert config["may_exceed_capacity"] is False


def test_a_guest_can_open_the_page_without_an_account(as_guest: Client, room: Room) -> None:
    config = page_config(page_text(as_guest.get(f"/r/{room.slug}/")))
    assert config["nickname"] == ""


def test_the_room_name_is_escaped_in_the_page(as_guest: Client, room: Room) -> None:
    name = "</script><script>alert(1)</script>"
    change_room(room=room, by=room.owner, change=RoomChange(name=name))
    page = page_text(as_guest.get(f"/r/{room.slug}/"))
    assert "<script>alert" not in page
    assert page_config(page)["name"] == name


def close(room: Room) -> None:
    close_room(room=room, by=room.owner)


def delete(room: Room) -> None:
    delete_room(room=room, by=room.owner)


def test_unknown_closed_and_deleted_rooms_look_the_same(as_guest: Client, room: Room) -> None:
    other = create_room(owner=room.owner)
    close(room)
    delete(other)
    pages = [as_guest.get(f"/r/{slug}/") for slug in ("abc-defg-hjk", room.slug, other.slug)]
    assert [page.status_code for page in pages] == [404, 404, 404]
    assert len({visible_page(page) for page in pages}) == 1
    assert "no open meeting here" in page_text(pages[0])


def test_a_code_in_another_spelling_redirects_to_the_room(as_guest: Client, room: Room) -> None:
    for spelling in (room.slug.upper(), room.slug.replace("-", "")):
        assert as_guest.get(f"/r/{spelling}/").headers["Location"] == f"/r/{room.slug}/"


def test_looking_at_a_room_changes_nothing_in_it(as_guest: Client, room: Room) -> None:
    before = Room.objects.values().get()
    as_guest.get(f"/r/{room.slug}/")
    assert Room.objects.values().get() == before
    assert not room.seats.exists()
    assert as_guest.post(f"/r/{room.slug}/").status_code == 405


def test_a_visit_renews_the_session_once_a_day(as_guest: Client, room: Room, time: FakeClock) -> None:
    """Otherwise the session could expire during a call, and the next reconnect would lose the seat."""
    path = f"/r/{room.slug}/"
    assert settings.SESSION_COOKIE_NAME in as_guest.get(path).cookies
    assert settings.SESSION_COOKIE_NAME not in as_guest.get(path).cookies
    time.advance(24 * 3600)
    assert settings.SESSION_COOKIE_NAME in as_guest.get(path).cookies
