"""Reading an owner's rooms, for pages that list them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet

from rooms import protocol
from rooms.models import Room
from rooms.services import seats


def listed(owner_id: int | None) -> QuerySet[Room]:
    """Return the owner's rooms in the order of lists: newest first."""
    return Room.objects.filter(owner=owner_id, deleted_at=None).order_by("-created_at", "-pk")


def rooms_of(owner_id: int, numbers: Iterable[int]) -> dict[int, list[protocol.LiveRoom]]:
    """Return these pages of the owner's list, counted from 1, by number: ROOMS_PER_PAGE each, with the people inside.

    A page beyond the end is empty.
    """
    size = protocol.ROOMS_PER_PAGE
    pages = {number: list(listed(owner_id)[(number - 1) * size : number * size]) for number in numbers}
    inside = nicknames_inside(room.pk for rooms in pages.values() for room in rooms)
    return {number: [_live(room, inside[room.pk]) for room in rooms] for number, rooms in pages.items()}


def nicknames_inside(room_ids: Iterable[int]) -> defaultdict[int, list[str]]:
    """Return the nicknames of the people inside these rooms, by room, in order of joining."""
    inside: defaultdict[int, list[str]] = defaultdict(list)
    for room_id, nickname in seats.live(list(room_ids)).values_list("room", "nickname"):
        inside[room_id].append(nickname)
    return inside


def _live(room: Room, people: list[str]) -> protocol.LiveRoom:
    return protocol.LiveRoom(slug=room.slug, name=room.name, open=room.is_open, people=people)
