"""Quotas: rooms per account, messages and past seats per room, and sessions of visitors."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.tests.clients import client_for, page_text, plain_static_files  # noqa: F401
from config.ground.clock import clock
from rooms.models import ChatMessage, Room, Seat
from rooms.runtime.executors import seat_executor
from rooms.services import rooms as services
from rooms.services.retention import delete_old

FORM = {"name": "One more", "capacity": "4", "keeps_chat": "False"}
TOLD = "You can have 2 rooms here. Delete some that you no longer need, or ask an admin for more."


@pytest.fixture
def two_rooms(settings: Any) -> None:
    settings.LANAI_ROOMS_PER_ACCOUNT = 2


def test_an_account_has_so_many_rooms_and_is_told_so(owner, room, two_rooms):
    client = client_for(owner)
    assert client.post("/rooms/create/", FORM).status_code == 302
    assert TOLD in page_text(client.post("/rooms/create/", FORM))
    assert TOLD in page_text(client.post("/new/", follow=True))
    assert Room.objects.filter(owner=owner).count() == 2


def test_deleting_a_room_makes_place_but_not_for_ever(owner, room, two_rooms):
    client = client_for(owner)
    for _ in range(6):
        client.post("/new/")
        for made in Room.objects.filter(owner=owner, deleted_at=None):
            services.delete_room(room=made, by=owner)
    assert Room.objects.filter(owner=owner).count() == 4


def test_an_admin_allows_more_or_fewer(owner, outsider, room, two_rooms):
    User.objects.filter(pk=outsider.pk).update(is_staff=True, is_superuser=True)
    form = {"email": owner.email, "nickname": "Olive", "is_active": "on", "room_limit": "3"}
    assert (
        client_for(User.objects.get(pk=outsider.pk)).post(f"/admin/accounts/user/{owner.pk}/change/", form).status_code
        == 302
    )
    for _ in range(4):
        client_for(User.objects.get(pk=owner.pk)).post("/new/")
    assert Room.objects.filter(owner=owner).count() == 3


def test_others_have_their_own_number(owner, outsider, room, two_rooms):
    for person in (owner, outsider):
        for _ in range(3):
            client_for(person).post("/new/")
    assert [Room.objects.filter(owner=person).count() for person in (owner, outsider)] == [2, 2]


@pytest.fixture
def small(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Quotas of three, checked after every row."""
    settings.LANAI_CHAT_PER_ROOM = settings.LANAI_SEATS_PER_ROOM = 3
    monkeypatch.setattr("rooms.services.quotas.TRIM_EVERY", 1, raising=False)


async def test_a_room_keeps_its_newest_messages(connect, room, small):
    grace = await connect()
    await grace.join("Grace")
    for n in range(8):
        await grace.send("chat", text=f"Line {n}", ref=str(n))
        await grace.receive("chat")
    kept = await seat_executor.run(lambda: list(ChatMessage.objects.values_list("text", flat=True)))
    assert kept == ["Line 5", "Line 6", "Line 7"]
    assert await grace.receives_no("error")


def past_seats(room: Room, count: int, **values: Any) -> list[Seat]:
    then = clock.now() - timedelta(hours=1)
    fields = {"reason": "left", "state": "ended", "process": "gone", "socket": "1", "key_hash": "x", "page": "p" * 8}
    return Seat.objects.bulk_create(
        Seat(
            room=room,
            nickname=f"Grace {n}",
            nickname_key=f"grace {n}",
            joined_at=then,
            ended_at=then + timedelta(seconds=n),
            **{**fields, **values},
        )
        for n in range(count)
    )


async def test_a_room_keeps_its_newest_past_seats_and_those_that_are_needed(connect, room, small):
    def prepare() -> set[str]:
        removed = past_seats(room, 4, reason="removed")
        spoke = past_seats(room, 1)[0]
        ChatMessage.objects.create(room=room, seat=spoke, nickname="G", text="Hello", ref="1", sent_at=clock.now())
        past = past_seats(room, 8)
        return {seat.pk for seat in [*removed, spoke, *past[-3:]]}

    kept = await seat_executor.run(prepare)
    grace = await connect()
    await grace.join("Grace")
    assert set(await seat_executor.run(lambda: list(Seat.objects.values_list("pk", flat=True)))) == {*kept, grace.seat}


def test_the_hourly_deletion_keeps_the_quotas_too(room, settings):
    settings.LANAI_SEATS_PER_ROOM = 3
    past_seats(room, 8)
    assert delete_old() == 5
    assert Seat.objects.count() == 3


# --- sessions -------------------------------------------------------------------------------------


def session_days(client: Client) -> int:
    row = Session.objects.get(pk=client.cookies["lanai"].value)
    return round((row.expire_date - timezone.now()).total_seconds() / 86400)


def test_a_visit_that_never_took_a_seat_is_forgotten_the_next_day(room):
    client = client_for()
    client.get(f"/r/{room.slug}/")
    assert session_days(client) == 1
    assert int(client.cookies["lanai"]["max-age"]) == 24 * 3600


async def test_who_took_a_seat_is_known_for_as_long_as_ever(connect, room, hub):
    client = client_for()
    await seat_executor.run(client.get, f"/r/{room.slug}/")
    grace = await connect(cookie=f"lanai={client.cookies['lanai'].value}")
    await grace.join("Grace")
    await grace.receives_no("bye")
    await hub.tasks.settle()
    assert await seat_executor.run(session_days, client) == 30
    await seat_executor.run(client.get, f"/r/{room.slug}/")
    assert await seat_executor.run(session_days, client) == 30
    assert int(client.cookies["lanai"]["max-age"]) == 30 * 24 * 3600


def test_who_signed_in_is_known_for_as_long_as_ever(owner, room):
    client = client_for(owner)
    client.get(f"/r/{room.slug}/")
    assert session_days(client) == 30
