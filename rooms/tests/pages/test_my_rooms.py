"""The page that lists a user's rooms."""

from __future__ import annotations

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.tests.clients import page_text
from config.ground.clock import clock
from rooms.models import Room, Seat
from rooms.services.rooms import close_room, create_room, delete_room


def create_seat(room: Room, nickname: str, state: str = Seat.State.IN) -> None:
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


def test_my_rooms_lists_the_users_own_rooms_and_the_people_inside(as_owner: Client, room: Room, outsider: User) -> None:
    create_room(owner=outsider, name="Not mine")
    create_seat(room, "Grace")
    create_seat(room, "Linus")
    page = page_text(as_owner.get("/rooms/"))
    assert "Inside: Grace, Linus" in page
    assert f'data-copy="http://testserver/r/{room.slug}/"' in page
    assert "Not mine" not in page


def test_waiting_people_are_not_listed_as_inside(as_owner: Client, room: Room) -> None:
    create_seat(room, "Grace", Seat.State.WAITING)
    assert "Nobody inside" in page_text(as_owner.get("/rooms/"))


def test_deleted_rooms_are_hidden_and_closed_ones_can_be_reopened(as_owner: Client, room: Room) -> None:
    deleted = create_room(owner=room.owner, name="Deleted")
    delete_room(room=deleted, by=room.owner)
    close_room(room=room, by=room.owner)
    page = page_text(as_owner.get("/rooms/"))
    assert "Deleted" not in page
    assert 'data-open="no"' in page
    assert f'action="/rooms/{room.slug}/reopen/"' in page


def test_nicknames_are_escaped(as_owner: Client, room: Room) -> None:
    create_seat(room, "<img src=x>")
    assert "<img src=x>" not in page_text(as_owner.get("/rooms/"))


def test_a_user_without_rooms_sees_an_explanation(as_outsider: Client) -> None:
    assert "No rooms yet" in page_text(as_outsider.get("/rooms/"))


def test_my_rooms_requires_sign_in(as_guest: Client) -> None:
    assert as_guest.get("/rooms/").headers["Location"] == "/accounts/login/?next=/rooms/"


def test_the_query_count_does_not_grow_with_the_rooms(
    as_owner: Client, room: Room, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(20):
        create_room(owner=room.owner, name=f"Room {n}")
    with django_assert_max_num_queries(5):  # session, account, how many pages there are, rooms, people inside
        as_owner.get("/rooms/")
