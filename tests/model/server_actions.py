"""Actions beside the sockets, of pages and the admin, and reads of the tables. They run inside a server process."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import connection

from accounts.models import User
from rooms.models import Room, Seat
from rooms.protocol import CAPACITY_DEFAULT
from rooms.services import rooms as services
from rooms.services import seats
from rooms.services.rooms import RoomChange
from rooms.services.wire_records import seat_record
from rooms.tests.conftest import session_cookie


def new_session(email: str = "") -> str:
    """The session cookie of a guest, or of the account with this e-mail address."""
    return session_cookie(User.objects.get(email=email) if email else None)


def set_password(email: str, password: str) -> None:
    user = User.objects.get(email=email)
    user.set_password(password)
    user.save()


def new_room(capacity: int = CAPACITY_DEFAULT) -> dict[str, Any]:
    """A room and an owner who has no other."""
    owner = User.objects.create(email=f"{secrets.token_hex(4)}@example.org", nickname="Olive")
    room = services.create_room(owner=owner, name="Weekly", capacity=capacity)
    return {"slug": room.slug, "owner": owner.email}


def close_room(slug: str) -> None:
    room = Room.objects.get(slug=slug)
    services.close_room(room=room, by=room.owner)


def reopen_room(slug: str) -> None:
    room = Room.objects.get(slug=slug)
    services.reopen_room(room=room, by=room.owner)


def rename_room(slug: str, name: str) -> None:
    room = Room.objects.get(slug=slug)
    services.change_room(room=room, by=room.owner, change=RoomChange(name=name))


def roster(slug: str) -> list[dict[str, Any]]:
    """The room's live seats, as on the wire."""
    found = seats.live([Room.objects.get(slug=slug).pk])
    wire = [seat_record(seat) for seat in found]
    return [{name: getattr(one, name) for name in one.__struct_fields__} for one in wire]


def seat(id: str) -> dict[str, Any]:
    row = Seat.objects.get(pk=id)
    return {"state": str(row.state), "reason": str(row.reason), "away": row.away_at is not None, "epoch": row.epoch}


def seats_not_ended(slug: str) -> int:
    return Seat.objects.filter(room__slug=slug).exclude(state=Seat.State.ENDED).count()


def connections() -> dict[str, int]:
    """The number of database connections by state."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(state, ''), count(*) FROM pg_stat_activity WHERE datname = current_database() GROUP BY 1"
        )
        return dict(cursor.fetchall())
