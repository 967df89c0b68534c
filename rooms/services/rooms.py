"""Creating, changing and closing rooms."""

from __future__ import annotations

from dataclasses import dataclass, fields

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import transaction
from django.db.models import F

from config.ground.clock import clock
from config.ground.unicode.visible import visible_title
from rooms import protocol
from rooms.models import ChatMessage, Room, Seat
from rooms.rules.access import Denied, may_change
from rooms.services import seats
from rooms.services.events import EVERYONE, ROOM, Event, announce
from rooms.services.quotas import check_rooms
from rooms.services.wire_records import room_record

By = AbstractBaseUser | AnonymousUser


@transaction.atomic
def create_room(
    *,
    owner: AbstractBaseUser,
    name: str = "",
    capacity: int = protocol.CAPACITY_DEFAULT,
    keeps_chat: bool = False,
    instant: bool = False,
) -> Room:
    """Create a room. ``instant`` rooms are made for one meeting and forgotten when they are no longer used.

    Raises TooManyRooms.
    """
    check_rooms(owner.pk)
    return Room.objects.create(
        owner_id=owner.pk, name=visible_title(name), capacity=capacity, keeps_chat=keeps_chat, instant=instant
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomChange:
    """New values for the settings of a room; None leaves a setting as it is."""

    name: str | None = None
    capacity: int | None = None
    keeps_chat: bool | None = None


@transaction.atomic
def change_room(*, room: Room, by: By, change: RoomChange) -> None:
    """Write the settings that differ and tell the call once. Raises Denied.

    A capacity below the number of people inside sends nobody away. Chat that is kept, is kept from now on; chat that
    is no longer kept is deleted with the meeting, including what was written before.
    """
    room.refresh_from_db()  # a form may have put its values on this object already
    new = {field.name: getattr(change, field.name) for field in fields(change)}
    if change.name is not None:
        new["name"] = visible_title(change.name)[: protocol.ROOM_NAME_MAX]
    if change.capacity is not None:
        new["capacity"] = max(2, min(change.capacity, protocol.CAPACITY_MAX))
    differing = {name: value for name, value in new.items() if value is not None and value != getattr(room, name)}
    if not may_change(room, by):
        raise Denied
    if differing:
        _write(room, **differing)
    if differing.get("keeps_chat") is False:
        ChatMessage.objects.filter(room=room).update(until_end=True)


@transaction.atomic
def close_room(*, room: Room, by: By) -> None:
    """Close the room: nobody can enter, and the people inside are sent home. Raises Denied."""
    _change_state(room, by, closed_at=room.closed_at or clock.now())
    _end_meeting(room)


@transaction.atomic
def reopen_room(*, room: Room, by: By) -> None:
    """Open the room again under the same link. Raises Denied."""
    _change_state(room, by, closed_at=None)


@transaction.atomic
def delete_room(*, room: Room, by: By) -> None:
    """Close the room for good and take it off every list; its history stays until its retention ends. Raises Denied."""
    now = clock.now()
    _change_state(room, by, closed_at=room.closed_at or now, deleted_at=now)
    _end_meeting(room)


def _change_state(room: Room, by: By, **values: object) -> None:
    if not may_change(room, by):
        raise Denied
    _write(room, **values)


def _write(room: Room, **values: object) -> None:
    """Write ``values``, raise the room's ``rev`` and tell the call."""
    Room.objects.filter(pk=room.pk).update(**values, rev=F("rev") + 1)
    room.refresh_from_db()
    announce(room, [Event(ROOM, protocol.RoomUpdated(room=room_record(room)))])


def _end_meeting(room: Room) -> None:
    seats.end(Seat.objects.filter(room=room), Seat.Reason.CLOSED)
    announce(room, [Event(EVERYONE, protocol.bye("closed"))])
