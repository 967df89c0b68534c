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


async def fill(connect, room: Room, prefix: str = "Guest"):
    """As many guests as fit, each with a browser of their own."""
    guests = [await connect() for _ in range(room.capacity)]
    for number, guest in enumerate(guests):
        assert (await guest.join(f"{prefix} {number}"))["type"] == "welcome"
    return guests


@pytest.mark.parametrize("who", ["guest", "outsider"])
async def test_a_person_has_two_seats_and_a_room_has_place_for_others(connect, outsider, room, who):
    cookie = await seat_executor.run(session_cookie, outsider if who == "outsider" else None)
    first, second, third = [await connect(cookie=cookie) for _ in range(3)]
    await first.join("Ada")
    await second.join("Ada too")
    refused = await third.join("Ada once more")
    assert (refused["type"], refused.get("code")) == ("error", "here_twice")
    assert refused["message"] == protocol.ERRORS.get("here_twice")
    for number in range(room.capacity - 2):
        assert (await (await connect()).join(f"Guest {number}"))["type"] == "welcome"


async def test_a_refused_person_joins_by_the_same_socket_once_another_seat_has_ended(connect):
    first = await connect()
    second, third = await connect(cookie=first.cookie), await connect(cookie=first.cookie)
    await first.join("Ada")
    await second.join("Ada too")
    assert (await third.join("Ada once more")).get("code") == "here_twice"
    await first.send("leave")
    await first.receive_bye()
    assert (await third.join("Ada once more"))["type"] == "welcome"


async def test_an_account_counts_over_all_its_browsers(connect, outsider):
    answers = [await (await connect(outsider)).join(f"Otto {number}") for number in range(3)]
    assert [answer.get("code") for answer in answers] == [None, None, "here_twice"]


async def test_signing_in_gives_no_more_seats(connect, outsider):
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

    first = await connect()
    second = await connect(cookie=first.cookie)
    await first.join("Otto")
    await second.join("Otto too")
    await seat_executor.run(sign_in, first.cookie)
    third = await connect(cookie=first.cookie)
    assert (await third.join("Otto once more")).get("code") == "here_twice"


async def test_closing_the_socket_frees_no_seat_for_the_next(connect, seat_row):
    first = await connect()
    second, third = await connect(cookie=first.cookie), await connect(cookie=first.cookie)
    await first.join("Ada")
    await second.join("Ada too")
    await second.close(1006)
    assert (await third.join("Ada once more")).get("code") == "here_twice"


async def test_two_reloads_and_a_pause_make_no_third_seat(connect, hub, time):
    first = await connect()
    second = await connect(cookie=first.cookie)
    await first.join("Ada", key="0a" * 16)
    await second.join("Ada too", key="0b" * 16)
    for caller in (first, second):
        await caller.close(1006)
    await hub.tasks.settle()
    time.advance(60)
    await hub.reconciler.once()
    back = [await connect(cookie=first.cookie) for _ in range(2)]
    assert (await back[0].join("Ada", key="0a" * 16, attempt=2))["seat"] == first.seat
    assert (await back[1].join("Ada too", key="0b" * 16, attempt=2))["seat"] == second.seat


async def test_an_expired_seat_comes_back_as_one_of_two_only(connect, hub, time, seat_row):
    first = await connect()
    await first.join("Ada", key="0a" * 16)
    await first.close(1006)
    await hub.tasks.settle()
    time.advance(60)
    await hub.reconciler.once()
    assert (await seat_row(first.seat)).reason == "expired"
    for name in ("Ada too", "Ada once more"):
        await (await connect(cookie=first.cookie)).join(name)
    back = await connect(cookie=first.cookie)
    assert (await back.join("Ada", key="0a" * 16, attempt=2)).get("code") == "here_twice"


async def test_the_owner_can_join_a_full_room_and_remove_people(connect, owner, outsider, room):
    guests = await fill(connect, room)
    assert (await (await connect(outsider)).join("Otto")).get("code") == "room_full"
    olive = await connect(owner)
    assert (await olive.join("Olive"))["type"] == "welcome"
    assert len(olive.roster()) == room.capacity + 1
    await olive.send("moderate", act="remove", seat=guests[0].seat, ref="m1")
    assert (await guests[0].receive_bye())["code"] == "removed"
    assert (await olive.receive("ack"))["ref"] == "m1"
    assert (await (await connect(outsider)).join("Otto")).get("code") == "room_full"


async def test_the_owner_fits_into_the_largest_room_too(connect, owner, room):
    await set_capacity(room, owner, protocol.CAPACITY_MAX)
    room.capacity = protocol.CAPACITY_MAX
    await fill(connect, room)
    assert (await (await connect(owner)).join("Olive"))["type"] == "welcome"


async def test_the_owner_exceeds_the_capacity_by_one_seat_only(connect, owner, room):
    """From a second device, with the same name: the first one gives way."""
    await fill(connect, room)
    laptop, phone = await connect(owner), await connect(owner)
    await laptop.join("Olive")
    assert (await phone.join("Olive"))["type"] == "welcome"
    bye = await laptop.receive_bye()
    assert (bye["code"], bye["action"]) == ("taken", "stop")
    assert len(phone.roster()) == room.capacity + 1
    assert await seat_executor.run(Seat.objects.filter(room=room, state="in").count) == room.capacity + 1


async def test_the_third_device_of_the_owner_takes_the_place_of_one_that_is_away_or_the_oldest(connect, owner, time):
    first, second, third, fourth = [await connect(owner) for _ in range(4)]
    ada = await connect()
    await ada.join("Ada")
    await first.join("Olive 1")
    time.advance(1)
    await second.join("Olive 2")
    await second.close(1006)
    await ada.receive("seat.updated")
    time.advance(1)
    assert sorted((await third.join("Olive 3")) and third.roster().values()) == ["Ada", "Olive 1", "Olive 3"]
    time.advance(1)
    assert sorted((await fourth.join("Olive 4")) and fourth.roster().values()) == ["Ada", "Olive 3", "Olive 4"]
    assert (await first.receive_bye())["code"] == "taken"
    left = [(await ada.receive("seat.left")) for _ in range(2)]
    assert [(message["id"], message["reason"]) for message in left] == [(second.seat, "left"), (first.seat, "left")]
