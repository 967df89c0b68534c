"""Nobody takes all seats of a room, and nobody keeps its owner out."""

from __future__ import annotations

import pytest

from rooms import protocol
from rooms.models import Room, Seat
from rooms.runtime.executors import seat_executor
from rooms.services import rooms as services
from rooms.services.rooms import RoomChange
from rooms.tests.conftest import session_cookie


def set_capacity(room, owner, capacity):
    return seat_executor.run(lambda: services.change_room(room=room, by=owner, change=RoomChange(capacity=capacity)))


async def fill(door, room: Room, prefix: str = "Guest"):
    """As many guests as fit, each with a browser of their own."""
    guests = [await door() for _ in range(room.capacity)]
    for number, guest in enumerate(guests):
        assert (await guest.join(f"{prefix} {number}"))["type"] == "welcome"
    return guests


@pytest.mark.parametrize("who", ["guest", "outsider"])
async def test_a_person_has_two_seats_and_a_room_has_place_for_others(door, outsider, room, who):
    cookie = await seat_executor.run(session_cookie, outsider if who == "outsider" else None)
    first, second, third = [await door(cookie=cookie) for _ in range(3)]
    await first.join("Ada")
    await second.join("Ada too")
    refused = await third.join("Ada once more")
    assert (refused["type"], refused.get("code")) == ("error", "here_twice")
    assert refused["message"] == protocol.ERRORS.get("here_twice")
    for number in range(room.capacity - 2):
        assert (await (await door()).join(f"Guest {number}"))["type"] == "welcome"


async def test_the_refused_one_joins_by_the_same_socket_once_another_seat_ended(door):
    first = await door()
    second, third = await door(cookie=first.cookie), await door(cookie=first.cookie)
    await first.join("Ada")
    await second.join("Ada too")
    assert (await third.join("Ada once more")).get("code") == "here_twice"
    await first.say("leave")
    await first.bye()
    assert (await third.join("Ada once more"))["type"] == "welcome"


async def test_an_account_counts_over_all_its_browsers(door, outsider):
    answers = [await (await door(outsider)).join(f"Otto {number}") for number in range(3)]
    assert [answer.get("code") for answer in answers] == [None, None, "here_twice"]


async def test_signing_in_gives_no_more_seats(door, outsider):
    """A session keeps its guest id when it signs in."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    def sign_in(cookie):
        session = SessionStore(cookie.partition("=")[2])
        session[SESSION_KEY] = str(outsider.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = outsider.get_session_auth_hash()
        session.save()

    first = await door()
    second = await door(cookie=first.cookie)
    await first.join("Otto")
    await second.join("Otto too")
    await seat_executor.run(sign_in, first.cookie)
    third = await door(cookie=first.cookie)
    assert (await third.join("Otto once more")).get("code") == "here_twice"


async def test_cutting_the_socket_makes_no_place_for_the_next_seat(door, seat_row):
    first = await door()
    second, third = await door(cookie=first.cookie), await door(cookie=first.cookie)
    await first.join("Ada")
    await second.join("Ada too")
    await second.close(1006)
    assert (await third.join("Ada once more")).get("code") == "here_twice"


async def test_two_reloads_and_a_pause_are_no_third_seat(door, hub, time):
    first = await door()
    second = await door(cookie=first.cookie)
    await first.join("Ada", key="0a" * 16)
    await second.join("Ada too", key="0b" * 16)
    for caller in (first, second):
        await caller.close(1006)
    await hub.tasks.settle()
    time.move(60)
    await hub.reconciler.once()
    back = [await door(cookie=first.cookie) for _ in range(2)]
    assert (await back[0].join("Ada", key="0a" * 16, attempt=2))["seat"] == first.seat
    assert (await back[1].join("Ada too", key="0b" * 16, attempt=2))["seat"] == second.seat


async def test_an_expired_seat_comes_back_as_one_of_two_only(door, hub, time, seat_row):
    first = await door()
    await first.join("Ada", key="0a" * 16)
    await first.close(1006)
    await hub.tasks.settle()
    time.move(60)
    await hub.reconciler.once()
    assert (await seat_row(first.seat)).reason == "expired"
    for name in ("Ada too", "Ada once more"):
        await (await door(cookie=first.cookie)).join(name)
    back = await door(cookie=first.cookie)
    assert (await back.join("Ada", key="0a" * 16, attempt=2)).get("code") == "here_twice"


async def test_the_owner_comes_into_a_full_room_and_removes(door, owner, outsider, room):
    guests = await fill(door, room)
    assert (await (await door(outsider)).join("Otto")).get("code") == "room_full"
    olive = await door(owner)
    assert (await olive.join("Olive"))["type"] == "welcome"
    assert len(olive.roster()) == room.capacity + 1
    await olive.say("moderate", act="remove", seat=guests[0].seat, ref="m1")
    assert (await guests[0].bye())["code"] == "removed"
    assert (await olive.hear("ack"))["ref"] == "m1"
    assert (await (await door(outsider)).join("Otto")).get("code") == "room_full"


async def test_the_owner_fits_into_the_largest_room_too(door, owner, room):
    await set_capacity(room, owner, protocol.CAPACITY_MAX)
    room.capacity = protocol.CAPACITY_MAX
    await fill(door, room)
    assert (await (await door(owner)).join("Olive"))["type"] == "welcome"


async def test_the_owner_is_one_more_and_not_two(door, owner, room):
    """From a second device, with the same name: the first one gives way."""
    await fill(door, room)
    laptop, phone = await door(owner), await door(owner)
    await laptop.join("Olive")
    assert (await phone.join("Olive"))["type"] == "welcome"
    bye = await laptop.bye()
    assert (bye["code"], bye["action"]) == ("taken", "stop")
    assert len(phone.roster()) == room.capacity + 1
    assert await seat_executor.run(Seat.objects.filter(room=room, state="in").count) == room.capacity + 1


async def test_the_third_device_of_the_owner_takes_the_place_of_one_that_is_away_or_the_oldest(door, owner, time):
    first, second, third, fourth = [await door(owner) for _ in range(4)]
    ada = await door()
    await ada.join("Ada")
    await first.join("Olive 1")
    time.move(1)
    await second.join("Olive 2")
    await second.close(1006)
    await ada.hear("seat.updated")
    time.move(1)
    assert sorted((await third.join("Olive 3")) and third.roster().values()) == ["Ada", "Olive 1", "Olive 3"]
    time.move(1)
    assert sorted((await fourth.join("Olive 4")) and fourth.roster().values()) == ["Ada", "Olive 3", "Olive 4"]
    assert (await first.bye())["code"] == "taken"
    left = [(await ada.hear("seat.left")) for _ in range(2)]
    assert [(message["id"], message["reason"]) for message in left] == [(second.seat, "left"), (first.seat, "left")]
