"""Quotas: how many rooms an account has, and how many chat messages and past seats a room keeps.

docs/self-hosting.md turns them into disk space.
"""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.models import User
from config.ground.clock import clock
from rooms.models import ChatMessage, Room, Seat
from rooms.rules.lease import RESUME_WINDOW

# A room's quota is checked once in so many messages or seats, at random: a pattern of writes could avoid a counter.
TRIM_EVERY = 50


class TooManyRooms(Exception):
    """The account has as many rooms as it may have, ``limit``."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


def check_rooms(owner_id: int) -> None:
    """Raise TooManyRooms unless the account may have one more. Locks the account: two requests cannot both be last.

    Deleted rooms, whose history stays for LANAI_RETENTION_DAYS, count half, or making and deleting would fill the disk.
    """
    owner = User.objects.select_for_update().get(pk=owner_id)
    limit = settings.LANAI_ROOMS_PER_ACCOUNT if owner.room_limit is None else owner.room_limit
    counts = Room.objects.filter(owner=owner_id).aggregate(all=Count("pk"), kept=Count("pk", filter=Q(deleted_at=None)))
    if counts["kept"] >= limit or counts["all"] >= 2 * limit:
        raise TooManyRooms(limit)


def trim_chat_sometimes(room_id: int) -> None:
    """Call after each message of a room."""
    if secrets.randbelow(TRIM_EVERY) == 0:
        trim_chat(room_id)


def trim_seats_sometimes(room_id: int) -> None:
    """Call after each new seat of a room."""
    if secrets.randbelow(TRIM_EVERY) == 0:
        trim_seats(room_id)


def trim_chat(room_id: int) -> int:
    """Delete the oldest messages of the room beyond LANAI_CHAT_PER_ROOM; return their number."""
    lines = ChatMessage.objects.filter(room=room_id)
    newest = lines.order_by("-pk").values_list("pk", flat=True)
    kept = settings.LANAI_CHAT_PER_ROOM
    last = newest[kept : kept + 1]
    return _delete(lines.filter(pk__lte=last[0])) if last else 0


def trim_seats(room_id: int) -> int:
    """Delete the oldest past seats of the room beyond LANAI_SEATS_PER_ROOM; return their number.

    Seats stay that can be resumed, that keep a removed person out, or that messages belong to.
    """
    past = _forgettable().filter(room=room_id)
    newest = past.order_by("-ended_at", "-pk").values_list("ended_at", flat=True)
    kept = settings.LANAI_SEATS_PER_ROOM
    last = newest[kept : kept + 1]
    return _delete(past.filter(ended_at__lte=last[0])) if last else 0


def trim_all() -> int:
    """Apply both quotas to every room; return the number of rows deleted."""
    chatty = _rooms_with_more(ChatMessage.objects.all(), settings.LANAI_CHAT_PER_ROOM)
    busy = _rooms_with_more(_forgettable(), settings.LANAI_SEATS_PER_ROOM)
    return sum(map(trim_chat, chatty)) + sum(map(trim_seats, busy))


def _rooms_with_more(rows: QuerySet[ChatMessage] | QuerySet[Seat], most: int) -> list[int]:
    counted = rows.order_by().values("room").annotate(rows=Count("pk")).filter(rows__gt=most)
    return list(counted.values_list("room", flat=True))


def _forgettable() -> QuerySet[Seat]:
    said = ChatMessage.objects.filter(Q(seat=OuterRef("pk")) | Q(to=OuterRef("pk")))
    ended = Seat.objects.filter(state=Seat.State.ENDED, ended_at__lt=clock.now() - RESUME_WINDOW)
    return ended.exclude(reason=Seat.Reason.REMOVED).exclude(Exists(said))


def _delete(rows: QuerySet[ChatMessage] | QuerySet[Seat]) -> int:
    return rows.delete()[0]
