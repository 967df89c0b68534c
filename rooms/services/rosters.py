"""Reading rooms and seats for the reconciler, which compares them with what its sockets have been told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from django.db.models import F, Max, Q

from rooms.models import ChatMessage, Room, Seat


class RoomState(NamedTuple):
    """The columns of a room that tell whether something changed."""

    rev: int
    closed_at: datetime | None
    deleted_at: datetime | None


class SeatState(NamedTuple):
    """The columns of a live seat that tell whether something changed."""

    id: str
    rev: int
    process: str
    socket: str
    away_at: datetime | None

    @property
    def is_away(self) -> bool:
        return self.away_at is not None


def read_states(room_ids: list[int], process_id: str) -> tuple[dict[int, RoomState], dict[int, list[SeatState]]]:
    """Return the rooms by id, and by room the seats that are taken there or held by this process.

    Rows rather than model objects: making thousands of those would keep signals from being relayed.
    """
    rooms = Room.objects.filter(pk__in=room_ids).values_list("pk", "rev", "closed_at", "deleted_at")
    taken = Seat.objects.filter(Q(room__in=room_ids) | Q(process=process_id), state=Seat.State.IN).order_by()
    seats = defaultdict(list)
    for room_id, *row in taken.values_list("room_id", "id", "rev", "process", "socket", "away_at"):
        seats[room_id].append(SeatState._make(row))
    return {room_id: RoomState._make(state) for room_id, *state in rooms}, seats


def read_rows(room_ids: list[int], seat_ids: list[str]) -> tuple[dict[int, Room], dict[int, dict[str, Seat]]]:
    """Return these rooms by id, and by room everybody who is inside, together with the seats named."""
    rows: dict[int, dict[str, Seat]] = defaultdict(dict)
    for seat in Seat.objects.filter(Q(room__in=room_ids, state=Seat.State.IN) | Q(pk__in=seat_ids)):
        rows[seat.room_id][seat.pk] = seat
    return Room.objects.in_bulk(room_ids), rows


def read_removed(room_ids: Collection[int]) -> dict[int, list[Seat]]:
    """Return by room the seats that ended by removal."""
    removed: dict[int, list[Seat]] = defaultdict(list)
    for seat in Seat.objects.filter(room__in=room_ids, reason=Seat.Reason.REMOVED).only("room", "user", "guest"):
        removed[seat.room_id].append(seat)
    return removed


class NewChat(NamedTuple):
    """``upto`` is the highest id read; ``lines`` are the messages found since the last time."""

    upto: int
    lines: list[ChatMessage]


def read_chat_since(since: int | None, room_ids: Collection[int]) -> NewChat:
    """Return new chat of these rooms, without that of meetings that are over. With None, only find the highest id."""
    if since is None:
        return NewChat(ChatMessage.objects.aggregate(last=Max("pk"))["last"] or 0, [])
    present = Q(sent_at__gte=F("room__gathered_at")) | Q(until_end=False)
    lines = list(ChatMessage.objects.filter(present, pk__gt=since).order_by("pk"))
    upto = max((line.pk for line in lines), default=since)
    return NewChat(upto, [line for line in lines if line.room_id in room_ids])
