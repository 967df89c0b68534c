from __future__ import annotations

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.tests.cast import text
from config.ground.clock import clock
from rooms.models import Room, Seat
from rooms.services import rooms as services


def sit(room: Room, nickname: str, state: str = Seat.State.IN) -> None:
    Seat.objects.create(
        room=room,
        nickname=nickname,
        nickname_key=nickname.casefold(),
        key_hash=nickname,
        joined_at=clock.now(),
        page="a1b2c3d4",
        process="p",
        socket="s",
        state=state,
    )


def test_my_rooms_shows_mine_and_who_is_inside(as_owner: Client, room: Room, outsider: User) -> None:
    services.create_room(owner=outsider, name="Not mine")
    sit(room, "Grace")
    sit(room, "Linus")
    page = text(as_owner.get("/rooms/"))
    assert "Inside: Grace, Linus" in page
    assert f'data-copy="http://testserver/r/{room.slug}/"' in page
    assert "Not mine" not in page


def test_people_in_the_lobby_are_not_inside(as_owner: Client, room: Room) -> None:
    sit(room, "Grace", Seat.State.WAITING)
    assert "Nobody inside" in text(as_owner.get("/rooms/"))


def test_deleted_rooms_are_gone_and_closed_ones_can_be_opened(as_owner: Client, room: Room) -> None:
    deleted = services.create_room(owner=room.owner, name="Deleted")
    services.delete_room(room=deleted, by=room.owner)
    services.close_room(room=room, by=room.owner)
    page = text(as_owner.get("/rooms/"))
    assert "Deleted" not in page
    assert 'data-open="no"' in page
    assert f'action="/rooms/{room.slug}/reopen/"' in page


def test_a_nickname_is_shown_as_text(as_owner: Client, room: Room) -> None:
    sit(room, "<img src=x>")
    assert "<img src=x>" not in text(as_owner.get("/rooms/"))


def test_a_new_person_is_told_what_a_room_is(as_outsider: Client) -> None:
    assert "No rooms yet" in text(as_outsider.get("/rooms/"))


def test_my_rooms_needs_an_account(as_guest: Client) -> None:
    assert as_guest.get("/rooms/").headers["Location"] == "/accounts/login/?next=/rooms/"


def test_many_rooms_take_as_few_queries_as_one(
    as_owner: Client, room: Room, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(20):
        services.create_room(owner=room.owner, name=f"Room {n}")
    with django_assert_max_num_queries(4):
        as_owner.get("/rooms/")
