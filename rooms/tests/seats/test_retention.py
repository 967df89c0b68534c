from __future__ import annotations

from datetime import timedelta

import pytest

from config.ground.clock import clock
from rooms.models import ChatMessage, Room, Seat
from rooms.services import rooms as services
from rooms.services.retention import delete_old


@pytest.fixture
def long_ago(time, settings):
    settings.LANAI_RETENTION_DAYS = 30
    return clock.now() - timedelta(days=31)


def past_seat(room, ended_at, reason="left"):
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


def line(seat, sent_at):
    return ChatMessage.objects.create(
        room=seat.room, seat=seat, nickname=seat.nickname, text="Hello", ref=str(sent_at), sent_at=sent_at
    )


def test_chat_and_past_seats_are_forgotten_when_their_time_is_over(room, long_ago):
    old, new = past_seat(room, long_ago), past_seat(room, clock.now())
    line(old, long_ago)
    kept = line(new, clock.now())
    line(new, long_ago)
    delete_old()
    assert list(Seat.objects.all()) == [new]
    assert list(ChatMessage.objects.all()) == [kept]
    assert Room.objects.filter(pk=room.pk).exists()


def test_a_deleted_room_stays_until_then(room, owner, long_ago, time):
    services.delete_room(room=room, by=owner)
    delete_old()
    assert Room.objects.filter(pk=room.pk).exists()
    time.move(31 * 24 * 3600)
    delete_old()
    assert not Room.objects.filter(pk=room.pk).exists()


def test_who_was_removed_stays_removed_for_as_long_as_the_room_lives(room, owner, long_ago, time):
    seat = past_seat(room, long_ago, "removed")
    delete_old()
    assert Seat.objects.filter(pk=seat.pk).exists()
    services.delete_room(room=room, by=owner)
    delete_old()
    assert not Seat.objects.filter(pk=seat.pk).exists()


def test_an_instant_room_nobody_uses_goes_and_one_that_was_created_stays(owner, room, long_ago):
    instant = services.create_room(owner=owner, instant=True)
    fresh = services.create_room(owner=owner, instant=True)
    nameless = services.create_room(owner=owner)
    Room.objects.filter(pk__in=[instant.pk, room.pk, nameless.pk]).update(created_at=long_ago)
    delete_old()
    assert set(Room.objects.values_list("pk", flat=True)) == {room.pk, fresh.pk, nameless.pk}
