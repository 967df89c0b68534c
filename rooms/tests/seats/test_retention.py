"""Retention: ended seats, chat, deleted rooms and unused instant rooms are deleted after their time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.people import Person
from config.ground.clock import clock
from rooms.models import ChatMessage, Room, Seat
from rooms.rules.access import may_enter
from rooms.services.retention import delete_old
from rooms.services.rooms import create_room, delete_room


@pytest.fixture
def long_ago(time, settings):
    settings.LANAI_RETENTION_DAYS = 30
    return clock.now() - timedelta(days=31)


def ended_seat(room, ended_at, reason="left"):
    return Seat.objects.create(
        room=room,
        nickname="Grace",
        nickname_key="grace",
        key_hash="x",
        page="p" * 8,
        joined_at=ended_at,
        ended_at=ended_at,
        state="ended",
        reason=reason,
        process="gone",
        socket="1",
    )


def chat_message(seat, sent_at):
    return ChatMessage.objects.create(
        room=seat.room, seat=seat, nickname=seat.nickname, text="Hello", ref=str(sent_at), sent_at=sent_at
    )


def test_chat_and_ended_seats_are_deleted_after_the_retention_time(room, long_ago):
    old, new = ended_seat(room, long_ago), ended_seat(room, clock.now())
    chat_message(old, long_ago)
    kept = chat_message(new, clock.now())
    chat_message(new, long_ago)
    delete_old()
    assert list(Seat.objects.all()) == [new]
    assert list(ChatMessage.objects.all()) == [kept]
    assert Room.objects.filter(pk=room.pk).exists()


def test_a_deleted_room_is_purged_after_the_retention_time(room, owner, long_ago, time):
    delete_room(room=room, by=owner)
    delete_old()
    assert Room.objects.filter(pk=room.pk).exists()
    time.advance(31 * 24 * 3600)
    delete_old()
    assert not Room.objects.filter(pk=room.pk).exists()


def test_seats_of_removed_people_are_kept_as_long_as_the_room(room, owner, long_ago, time):
    seat = ended_seat(room, long_ago, "removed")
    delete_old()
    assert Seat.objects.filter(pk=seat.pk).exists()
    delete_room(room=room, by=owner)
    delete_old()
    assert not Seat.objects.filter(pk=seat.pk).exists()


def test_unused_instant_rooms_are_deleted_and_created_rooms_are_kept(owner, room, long_ago):
    instant = create_room(owner=owner, instant=True)
    fresh = create_room(owner=owner, instant=True)
    nameless = create_room(owner=owner)
    Room.objects.filter(pk__in=[instant.pk, room.pk, nameless.pk]).update(created_at=long_ago)
    delete_old()
    assert set(Room.objects.values_list("pk", flat=True)) == {room.pk, fresh.pk, nameless.pk}


def test_only_what_keeps_a_removed_person_out_is_kept(room, outsider, long_ago, time):
    seat = ended_seat(room, long_ago, "removed")
    recent = ended_seat(room, clock.now(), "removed")
    Seat.objects.filter(pk=seat.pk).update(user=outsider, guest="g" * 32)
    delete_old()
    seat.refresh_from_db()
    assert (seat.nickname, seat.nickname_key, seat.page) == ("", "", "")
    assert {seat.joined_at.year, seat.ended_at.year} == {1970}
    recent.refresh_from_db()
    assert recent.nickname == "Grace"
    for person in (Person(outsider.pk, "", ""), Person(None, "g" * 32, "")):
        assert not may_enter(room, person)
