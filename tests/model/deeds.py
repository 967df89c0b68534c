"""What happens beside the sockets: pages, the admin, and a look into the tables. Runs inside a server process."""

from __future__ import annotations

from typing import Any

from django.db import connection

from accounts.models import User
from rooms import seats, services
from rooms.models import Room, Seat
from rooms.protocol import CAPACITY_DEFAULT
from rooms.tests.conftest import session_cookie

OWNER = "owner@example.org"


def _owner() -> User:
    return User.objects.get_or_create(email=OWNER, defaults={"nickname": "Olive"})[0]


def new_session(owner: bool = False) -> str:
    """The cookie of a guest, or of the owner of the rooms."""
    return session_cookie(_owner() if owner else None)


def set_password(password: str) -> None:
    owner = _owner()
    owner.set_password(password)
    owner.save()


def new_room(capacity: int = CAPACITY_DEFAULT) -> dict[str, Any]:
    room = services.create_room(owner=_owner(), name="Weekly", capacity=capacity)
    return {"id": room.pk, "slug": room.slug}


def close_room(slug: str) -> None:
    services.close_room(room=Room.objects.get(slug=slug), by=_owner())


def reopen_room(slug: str) -> None:
    services.reopen_room(room=Room.objects.get(slug=slug), by=_owner())


def rename_room(slug: str, name: str) -> None:
    services.rename_room(room=Room.objects.get(slug=slug), by=_owner(), name=name)


def roster(slug: str) -> list[dict[str, Any]]:
    """Everybody who sits there, as on the wire."""
    found = seats.live([Room.objects.get(slug=slug).pk])
    wire = [seats.on_wire(seat) for seat in found]
    return [{name: getattr(one, name) for name in one.__struct_fields__} for one in wire]


def seat(id: str) -> dict[str, Any]:
    row = Seat.objects.get(pk=id)
    return {"state": str(row.state), "reason": str(row.reason), "away": row.away_at is not None, "epoch": row.epoch}


def seats_not_ended(slug: str) -> int:
    return Seat.objects.filter(room__slug=slug).exclude(state=Seat.State.ENDED).count()


def connections() -> dict[str, int]:
    """Connections to the database, by what they are doing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(state, ''), count(*) FROM pg_stat_activity WHERE datname = current_database() GROUP BY 1"
        )
        return dict(cursor.fetchall())
