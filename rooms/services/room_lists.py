"""Reading an owner's rooms, for pages that list them."""

from __future__ import annotations

from django.db.models import Prefetch

from rooms import protocol
from rooms.models import Room, Seat


def rooms_of(owner_id: int) -> list[protocol.LiveRoom]:
    """Return the owner's rooms, newest first, with the people inside."""
    inside = Prefetch("seats", Seat.objects.filter(state=Seat.State.IN), to_attr="inside")
    rooms = Room.objects.filter(owner=owner_id, deleted_at=None).prefetch_related(inside)
    return [
        protocol.LiveRoom(
            slug=room.slug, name=room.name, open=room.is_open, people=[seat.nickname for seat in room.inside]
        )
        for room in rooms
    ]
