from __future__ import annotations

import json
import re
from typing import Any

from django.conf import settings
from django.test import Client

from accounts.tests.cast import seen, text
from rooms.models import Room
from rooms.services import rooms as services
from rooms.services.rooms import RoomChange
from rooms.tests.conftest import MovingClock


def config_of(page: str) -> dict[str, Any]:
    found = re.search(r'<script id="room-config" type="application/json">(.*?)</script>', page)
    assert found
    config: dict[str, Any] = json.loads(found[1])
    return config


def test_the_page_knows_where_to_connect_and_what_to_call_the_owner(as_owner: Client, room: Room) -> None:
    config = config_of(text(as_owner.get(f"/r/{room.slug}/")))
    assert config == {
        "slug": room.slug,
        "name": "Weekly",
        "socket": f"/ws/r/{room.slug}/",
        "nickname": "Olive",
        "link": f"http://testserver/r/{room.slug}/",
        "home": "/",
    }


def test_an_outsider_with_the_link_comes_in_under_the_own_name(as_outsider: Client, room: Room) -> None:
    config = config_of(text(as_outsider.get(f"/r/{room.slug}/")))
    assert config["nickname"] == "Otto"


def test_a_guest_comes_in_without_an_account(as_guest: Client, room: Room) -> None:
    config = config_of(text(as_guest.get(f"/r/{room.slug}/")))
    assert config["nickname"] == ""


def test_the_name_of_a_room_cannot_break_out_of_its_page(as_guest: Client, room: Room) -> None:
    name = "</script><script>alert(1)</script>"
    services.change_room(room=room, by=room.owner, change=RoomChange(name=name))
    page = text(as_guest.get(f"/r/{room.slug}/"))
    assert "<script>alert" not in page
    assert config_of(page)["name"] == name


def shut(room: Room) -> None:
    services.close_room(room=room, by=room.owner)


def delete(room: Room) -> None:
    services.delete_room(room=room, by=room.owner)


def test_unknown_closed_and_deleted_rooms_look_the_same(as_guest: Client, room: Room) -> None:
    other = services.create_room(owner=room.owner)
    shut(room)
    delete(other)
    pages = [as_guest.get(f"/r/{slug}/") for slug in ("abc-defg-hjk", room.slug, other.slug)]
    assert [page.status_code for page in pages] == [404, 404, 404]
    assert len({seen(page) for page in pages}) == 1
    assert "no open meeting here" in text(pages[0])


def test_a_code_in_another_spelling_goes_to_its_room(as_guest: Client, room: Room) -> None:
    for spelling in (room.slug.upper(), room.slug.replace("-", "")):
        assert as_guest.get(f"/r/{spelling}/").headers["Location"] == f"/r/{room.slug}/"


def test_looking_at_a_room_changes_nothing_in_it(as_guest: Client, room: Room) -> None:
    before = Room.objects.values().get()
    as_guest.get(f"/r/{room.slug}/")
    assert Room.objects.values().get() == before
    assert not room.seats.exists()
    assert as_guest.post(f"/r/{room.slug}/").status_code == 405


def test_a_visit_renews_the_session_once_a_day(as_guest: Client, room: Room, time: MovingClock) -> None:
    """Or it could expire in the midst of a call, and the person would lose the seat with the next connection."""
    path = f"/r/{room.slug}/"
    assert settings.SESSION_COOKIE_NAME in as_guest.get(path).cookies
    assert settings.SESSION_COOKIE_NAME not in as_guest.get(path).cookies
    time.move(24 * 3600)
    assert settings.SESSION_COOKIE_NAME in as_guest.get(path).cookies
