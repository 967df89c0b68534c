"""The life of a seat once it is taken: hold, away, end, expire. All of it is synchronous.

A seat is held by one socket of one process. Whatever a socket does to its seat says "where the holder is me",
so a late clean-up or an old socket never hurts the new holder.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple, cast

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet

from rooms import protocol, ready
from rooms.clock import clock
from rooms.models import Process, Room, Seat
from rooms.nicknames import nickname_key, refuse_taken

RELOAD_GRACE = timedelta(seconds=3)  # close code 1001: a reload or a closed tab alike
AWAY_GRACE = timedelta(seconds=12)
RESTART_GRACE = timedelta(seconds=30)  # a server that says it restarts is back by then
PROCESS_STALE = timedelta(seconds=15)
HAND_UNDO = timedelta(seconds=protocol.HAND_UNDO_SECONDS)

LIVE = ~Q(state=Seat.State.ENDED)


@dataclass(frozen=True, slots=True)
class Holder:
    process: str
    socket: str


def on_wire(seat: Seat) -> protocol.Seat:
    return protocol.Seat(
        id=seat.pk,
        nickname=seat.nickname,
        role="host" if seat.role == Seat.Role.HOST else "member",
        guest=seat.user_id is None,
        mic=seat.mic,
        cam=seat.cam,
        screen=seat.screen,
        hand=seat.hand.timestamp() if seat.hand else None,
        spotlight=seat.spotlight,
        joined_at=seat.joined_at.timestamp(),
        away=seat.away_at is not None,
        epoch=seat.epoch,
        rev=seat.rev,
    )


def reason_on_wire(seat: Seat) -> protocol.LeftReason:
    return cast(protocol.LeftReason, str(seat.reason))


def room_on_wire(room: Room) -> protocol.Room:
    days = settings.LANAI_RETENTION_DAYS if room.keeps_chat else 0
    return protocol.Room(slug=room.slug, name=room.title, capacity=room.capacity, chat_days=days, rev=room.rev)


def live(room_ids: list[int]) -> QuerySet[Seat]:
    """Everybody sitting in these rooms."""
    return Seat.objects.filter(room__in=room_ids, state=Seat.State.IN)


# --- holding --------------------------------------------------------------------------------------


def _mine(seat_id: str, holder: Holder) -> QuerySet[Seat]:
    return Seat.objects.filter(LIVE, pk=seat_id, process=holder.process, socket=holder.socket)


def change(seat_id: str, holder: Holder, message: protocol.State) -> Seat | None:
    """Set the person's own switches; None when the seat is no longer this holder's."""
    with transaction.atomic():
        seat = _mine(seat_id, holder).select_for_update().first()
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


def rename(room_id: int, seat_id: str, holder: Holder, nickname: str) -> Seat | None:
    """Give the person this clean nickname; None when the seat is no longer this holder's. Raises protocol.Refused."""
    with transaction.atomic():
        ready.locked_room(room_id)  # of two who want one name, or take a seat with it, one comes first
        seat = _mine(seat_id, holder).select_for_update().first()
        if seat is None:
            return None
        others = Seat.objects.filter(LIVE, room=room_id).exclude(pk=seat_id)
        refuse_taken(nickname, set(others.values_list("nickname_key", flat=True)))
        seat.nickname, seat.nickname_key = nickname, nickname_key(nickname)
        seat.rev += 1
        seat.save(update_fields=["nickname", "nickname_key", "rev"])
        return seat


def spotlight(room_id: int, seat_id: str | None) -> list[Seat]:
    """Show this live person large to everybody, or nobody; the seats that changed. Raises protocol.Refused."""
    with transaction.atomic():
        ready.locked_room(room_id)  # two tabs of a host, one after the other
        if seat_id and not live([room_id]).filter(pk=seat_id).exists():
            raise protocol.Refused("no_such_seat")
        # Those that expired too: who comes back must not bring back a spotlight that has moved on.
        before = Seat.objects.filter(room=room_id, spotlight=True).exclude(pk=seat_id)
        ids = [seat.pk for seat in before]
        before.update(spotlight=False, rev=F("rev") + 1)
        if seat_id and Seat.objects.filter(pk=seat_id, spotlight=False).update(spotlight=True, rev=F("rev") + 1):
            ids.append(seat_id)
        return list(live([room_id]).filter(pk__in=ids).order_by("-spotlight"))


def step_away(seat_id: str, holder: Holder, grace: timedelta) -> Seat | None:
    """The holder's socket is gone: the seat ends after ``grace`` unless somebody resumes it."""
    now = clock.now()
    changed = _mine(seat_id, holder).update(away_at=now, ends_at=now + grace, rev=F("rev") + 1)
    return Seat.objects.filter(pk=seat_id).first() if changed else None


def put_down(process: str) -> None:
    """This process stops: its seats wait for their people to come back to another, or to the next one."""
    now = clock.now()
    held = Seat.objects.filter(LIVE, process=process, ends_at__isnull=True)
    held.update(away_at=now, ends_at=now + RESTART_GRACE, rev=F("rev") + 1)


def leave(seat_id: str, holder: Holder) -> Seat | None:
    ended = end(_mine(seat_id, holder), Seat.Reason.LEFT)
    return ended[0] if ended else None


class Standing(NamedTuple):
    """Of a live seat's row, what tells whether something changed."""

    id: str
    rev: int
    process: str
    socket: str
    away_at: datetime | None

    @property
    def is_away(self) -> bool:
        return self.away_at is not None


def standing(room_ids: list[int], process: str) -> list[tuple[int, Standing]]:
    """Everybody who sits in these rooms, and every seat of this process wherever it is, each with its room."""
    seats = Seat.objects.filter(Q(room__in=room_ids) | Q(process=process), state=Seat.State.IN).order_by()
    rows = seats.values_list("room_id", "id", "rev", "process", "socket", "away_at")
    return [(room_id, Standing._make(row)) for room_id, *row in rows]


def held_elsewhere(room_id: int, process: str) -> bool:
    """Whether somebody sits in the room by a socket of another process."""
    return Seat.objects.filter(LIVE, room=room_id, ends_at__isnull=True).exclude(process=process).exists()


def put_away_lost(process: str, sockets: list[str]) -> list[Seat]:
    """Seats whose sockets are gone without a word, because the farewell could not be written."""
    return _mark(Seat.objects.filter(LIVE, process=process, socket__in=sockets, ends_at__isnull=True), AWAY_GRACE)


def hold_on(process: str, sockets: list[str]) -> list[Seat]:
    """Seats whose sockets are here, though somebody thought this process dead and put them away."""
    return _mark(Seat.objects.filter(LIVE, process=process, socket__in=sockets, ends_at__isnull=False), None)


def _mark(seats: QuerySet[Seat], grace: timedelta | None) -> list[Seat]:
    """Away from now on for so long, or back."""
    away_at, ends_at = (clock.now(), clock.now() + grace) if grace else (None, None)
    with transaction.atomic():
        found = list(seats.select_related("room").select_for_update(of=("self",)).order_by("pk"))
        for seat in found:
            seat.away_at, seat.ends_at, seat.rev = away_at, ends_at, seat.rev + 1
        Seat.objects.bulk_update(found, ["away_at", "ends_at", "rev"])
    return found


# --- ending ---------------------------------------------------------------------------------------


def end(seats: QuerySet[Seat], reason: str) -> list[Seat]:
    """End these live seats for ``reason`` and return those that this call ended."""
    with transaction.atomic():
        found = list(seats.filter(LIVE).select_related("room").select_for_update(of=("self",)).order_by("pk"))
        for seat in found:
            seat.state, seat.reason, seat.ended_at = Seat.State.ENDED, reason, clock.now()
            if reason != Seat.Reason.EXPIRED:  # who only lost the server comes back as they were
                seat.hand, seat.spotlight = None, False
            seat.screen = False
            seat.rev += 1
        Seat.objects.bulk_update(found, ["state", "reason", "ended_at", "hand", "spotlight", "screen", "rev"])
        return found


def end_due(which: Q) -> list[Seat]:
    """End the seats whose time to come back is over."""
    due = Seat.objects.filter(LIVE, which, ends_at__lte=clock.now())
    return end(due, Seat.Reason.EXPIRED) if due.exists() else []


# --- processes ------------------------------------------------------------------------------------


def beat(boot: str) -> None:
    """Say that this process lives, and the seats it holds with it."""
    now = clock.now()
    if not Process.objects.filter(pk=boot).update(beat_at=now):
        Process.objects.create(boot=boot, started_at=now, beat_at=now)


def put_away_of_dead_processes() -> list[Seat]:
    """Seats held by a process that no longer beats step away, as if their sockets had closed just now."""
    now = clock.now()
    alive = Process.objects.filter(beat_at__gt=now - PROCESS_STALE).values("boot")
    orphans = Seat.objects.filter(LIVE, ends_at__isnull=True).exclude(process__in=alive)
    if not orphans.exists():
        return []
    found = _mark(orphans, AWAY_GRACE)
    Process.objects.filter(beat_at__lte=now - 4 * PROCESS_STALE).delete()
    return found
