"""The life of a seat once it is taken: switches, nickname, lease, end. Synchronous.

A seat is held by one socket of one process. Every write of a socket to its seat says "where the lease is mine".
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from config.ground.clock import clock
from config.ground.nicknames import nickname_key
from rooms import protocol
from rooms.models import Seat, queries
from rooms.rules.lease import AWAY_GRACE, RESTART_GRACE, RESUME_WINDOW, Lease
from rooms.rules.nicknames import refuse_taken

HAND_UNDO = timedelta(seconds=protocol.HAND_UNDO_SECONDS)

NOT_ENDED = ~Q(state=Seat.State.ENDED)


def resumable() -> Q:
    """Return the condition for expired seats whose person may still come back to them."""
    return Q(reason=Seat.Reason.EXPIRED, ended_at__gt=clock.now() - RESUME_WINDOW)


def live(room_ids: Iterable[int]) -> QuerySet[Seat]:
    """Return the seats of the people inside these rooms."""
    return Seat.objects.filter(room__in=room_ids, state=Seat.State.IN)


def held_by(seat_id: str, lease: Lease) -> QuerySet[Seat]:
    """Return the seat if it is still held under this lease."""
    return Seat.objects.filter(NOT_ENDED, pk=seat_id, process=lease.process, socket=lease.socket)


# --- a person's own changes -----------------------------------------------------------------------


def switch(seat_id: str, lease: Lease, message: protocol.State) -> Seat | None:
    """Set the person's own switches; None when the seat is no longer held under this lease."""
    with transaction.atomic():
        seat = held_by(seat_id, lease).select_for_update().first()
        if seat is None:
            return None
        for name in ("mic", "cam", "screen"):
            value = getattr(message, name)
            if isinstance(value, bool):
                setattr(seat, name, value)
        if isinstance(message.hand, bool):
            (_raise_hand if message.hand else _lower_hand)(seat)
        seat.rev += 1
        seat.save(update_fields=["mic", "cam", "screen", "hand", "hand_before", "hand_lowered_at", "rev"])
        return seat


def _raise_hand(seat: Seat) -> None:
    if seat.hand is None:
        lowered_at = seat.hand_lowered_at
        undone = lowered_at is not None and clock.now() - lowered_at <= HAND_UNDO
        seat.hand = seat.hand_before if undone else clock.now()
    seat.hand_before = seat.hand_lowered_at = None


def _lower_hand(seat: Seat) -> None:
    if seat.hand is not None:
        seat.hand_before, seat.hand_lowered_at, seat.hand = seat.hand, clock.now(), None


def rename(room_id: int, seat_id: str, lease: Lease, nickname: str) -> Seat | None:
    """Give the person this clean nickname; None when the seat is no longer held under this lease.

    Raises protocol.Refused (``nickname_taken``).
    """
    with transaction.atomic():
        queries.locked_room(room_id)  # serializes people who want the same nickname, or join with it
        seat = held_by(seat_id, lease).select_for_update().first()
        if seat is None:
            return None
        others = Seat.objects.filter(NOT_ENDED, room=room_id).exclude(pk=seat_id)
        refuse_taken(nickname, others.values_list("nickname", flat=True))
        seat.nickname, seat.nickname_key = nickname, nickname_key(nickname)
        seat.rev += 1
        seat.save(update_fields=["nickname", "nickname_key", "rev"])
        return seat


def leave(seat_id: str, lease: Lease) -> Seat | None:
    """End the person's own seat; None when it is no longer held under this lease."""
    ended = end(held_by(seat_id, lease), Seat.Reason.LEFT)
    return ended[0] if ended else None


# --- the lease ------------------------------------------------------------------------------------


def mark_away(seat_id: str, lease: Lease, grace: timedelta) -> Seat | None:
    """The holder's socket is gone: the seat ends after ``grace`` unless it is resumed.

    Returns None when the seat is no longer held under this lease.
    """
    now = clock.now()
    changed = held_by(seat_id, lease).update(away_at=now, ends_at=now + grace, rev=F("rev") + 1)
    return Seat.objects.filter(pk=seat_id).first() if changed else None


def release_all(process_id: str) -> None:
    """This process stops: its seats wait for their people to come back to another process, or to the next one."""
    now = clock.now()
    held = Seat.objects.filter(NOT_ENDED, process=process_id, ends_at__isnull=True)
    held.update(away_at=now, ends_at=now + RESTART_GRACE, rev=F("rev") + 1)


def held_elsewhere(room_id: int, process_id: str) -> bool:
    """Return whether somebody is in the room through a socket of another process."""
    return Seat.objects.filter(NOT_ENDED, room=room_id, ends_at__isnull=True).exclude(process=process_id).exists()


def mark_lost(process_id: str, sockets: list[str]) -> list[Seat]:
    """Mark seats as away whose sockets closed without the table learning of it, and return them."""
    lost = Seat.objects.filter(NOT_ENDED, process=process_id, socket__in=sockets, ends_at__isnull=True)
    return set_away(lost, AWAY_GRACE)


def mark_present(process_id: str, sockets: list[str]) -> list[Seat]:
    """Mark seats as present whose sockets are open, though another process took this one for dead; return them."""
    kept = Seat.objects.filter(NOT_ENDED, process=process_id, socket__in=sockets, ends_at__isnull=False)
    return set_away(kept, None)


def set_away(seats: QuerySet[Seat], grace: timedelta | None) -> list[Seat]:
    """Mark the seats as away for ``grace``, or as present with None, and return them."""
    away_at, ends_at = (clock.now(), clock.now() + grace) if grace else (None, None)
    with transaction.atomic():
        found = list(seats.select_related("room").select_for_update(of=("self",)).order_by("pk"))
        for seat in found:
            seat.away_at, seat.ends_at, seat.rev = away_at, ends_at, seat.rev + 1
        Seat.objects.bulk_update(found, ["away_at", "ends_at", "rev"])
    return found


# --- the end --------------------------------------------------------------------------------------


def end(seats: QuerySet[Seat], reason: str, which: Q = NOT_ENDED) -> list[Seat]:
    """End those of the seats that have not ended yet, and return them.

    ``which`` may also include resumable seats. They ended when they expired, and now end for good.
    """
    with transaction.atomic():
        found = list(seats.filter(which).select_related("room").select_for_update(of=("self",)).order_by("pk"))
        for seat in found:
            seat.state, seat.reason, seat.ended_at = Seat.State.ENDED, reason, seat.ended_at or clock.now()
            if reason != Seat.Reason.EXPIRED:  # a person who only lost the server comes back as they were
                seat.hand, seat.spotlight = None, False
            seat.screen = False
            seat.rev += 1
        Seat.objects.bulk_update(found, ["state", "reason", "ended_at", "hand", "spotlight", "screen", "rev"])
        return found


def end_due(which: Q) -> list[Seat]:
    """End the seats whose grace period is over, and return them."""
    due = Seat.objects.filter(NOT_ENDED, which, ends_at__lte=clock.now())
    return end(due, Seat.Reason.EXPIRED) if due.exists() else []
