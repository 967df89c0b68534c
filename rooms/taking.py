"""Taking a seat: the one the key holds, one's own that is away or expired lately, or a new one. All synchronous.

What a hello costs is its statements. So the seats that matter are read once, under the room's lock, and the rest is
reckoned here.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from accounts.people import Person
from rooms import access, protocol, ready
from rooms.clock import clock
from rooms.models import Room, Seat
from rooms.nicknames import asked_nickname, nickname_key, refuse_taken
from rooms.seats import Holder, end

RESUME_WINDOW = timedelta(seconds=protocol.RESUME_SECONDS)


@dataclass(frozen=True, slots=True)
class Taken:
    """What ``take`` did: ``seat`` is held, ``joined`` tells a new tile from a known one, ``ended`` were due."""

    seat: Seat
    joined: bool
    room: Room
    roster: list[Seat]
    ended: list[Seat]


class Turned(Exception):
    """A person who cannot sit here at all; ``code`` is one of protocol.BYES."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Around:
    """The seats of a room that matter to a newcomer."""

    living: list[Seat]
    lately: list[Seat]  # expired, and could still be resumed
    removed: list[Seat]
    ended: list[Seat]  # those that were due, and were ended just now

    def sitting(self, besides: Seat) -> list[Seat]:
        return [seat for seat in self.living if seat.state == Seat.State.IN and seat.pk != besides.pk]


def take(*, room_id: int, person: Person, hello: protocol.Hello, holder: Holder, gone: frozenset[Holder]) -> Taken:
    """Give the person their seat. Seats of the holders in ``gone`` are away, though the table may not know it yet.

    Raises Turned where they may not sit here, protocol.Refused where they may try again (name, full room).
    """
    nickname = asked_nickname(hello.nickname)
    with transaction.atomic():
        room = ready.locked_room(room_id)
        around = _around(room)
        _refuse_entry(room, person, around)
        seat = _held_by_key(around, person, hello) or _away_by_name(around, person, nickname, gone) or Seat(room=room)
        joined = seat._state.adding or seat.state == Seat.State.ENDED
        others = around.sitting(besides=seat)
        refuse_taken(nickname, {one.nickname_key for one in around.living if one.pk != seat.pk})
        if joined and len(others) >= room.capacity:
            raise protocol.Refused("room_full", f"This meeting is full ({room.capacity} people).")
        if not around.living and not around.lately:
            _gather(room)
        _sit(seat, room, person, hello, nickname, holder)
        roster = sorted([*others, seat], key=lambda one: (one.joined_at, one.pk))
        # Of a seat that was due itself, no end may be told: it would have the revision of the return.
        ended = [one for one in around.ended if one.pk != seat.pk]
        return Taken(seat, joined, room, roster, ended)


def _refuse_entry(room: Room, person: Person, around: Around) -> None:
    if not room.is_open:
        raise Turned("closed")
    if not person.is_known:
        raise Turned("no_session")
    if not access.may_enter(room, person, around.removed):
        raise Turned("removed")


def _around(room: Room) -> Around:
    """Read and lock the seats, and end those that are due."""
    now = clock.now()
    read = {seat.pk: seat for seat in ready.locked_seats_around(room.pk, expired_after=now - RESUME_WINDOW)}
    due = [seat.pk for seat in read.values() if _lives(seat) and seat.ends_at is not None and seat.ends_at <= now]
    ended = end(Seat.objects.filter(pk__in=due), Seat.Reason.EXPIRED) if due else []
    read |= {seat.pk: seat for seat in ended}
    return Around(
        living=[seat for seat in read.values() if _lives(seat)],
        lately=[seat for seat in read.values() if seat.reason == Seat.Reason.EXPIRED],
        removed=[seat for seat in read.values() if seat.reason == Seat.Reason.REMOVED],
        ended=ended,
    )


def _lives(seat: Seat) -> bool:
    return seat.state != Seat.State.ENDED


def hash_key(key: str) -> str:
    """Keys are 128 random bits, so a plain hash is enough to keep them out of the database."""
    return hashlib.sha256(key.encode()).hexdigest()


def _held_by_key(around: Around, person: Person, hello: protocol.Hello) -> Seat | None:
    key_hash = hash_key(hello.key)
    held = next((seat for seat in around.living if seat.key_hash == key_hash), None)
    if held is None:
        lately = [seat for seat in around.lately if seat.key_hash == key_hash]
        last = max(lately, key=lambda seat: seat.joined_at, default=None)
        # The page may have come into other hands since: they get a seat of their own.
        return last if last and access.is_theirs(last, person) else None
    if not access.is_theirs(held, person):
        raise Turned("not_allowed")
    if hello.attempt < held.attempt:
        raise Turned("taken")
    return held


def _away_by_name(around: Around, person: Person, nickname: str, gone: frozenset[Holder]) -> Seat | None:
    """The person's own away seat, when the page that held its key is gone."""
    key = nickname_key(nickname)
    named = next((seat for seat in around.living if seat.nickname_key == key), None)
    if named is None or not access.is_theirs(named, person):
        return None
    return named if named.away_at or Holder(named.process, named.socket) in gone else None


def _gather(room: Room) -> None:
    """Note that a new meeting begins: nobody sits here, and nobody who expired could still come back."""
    room.gathered_at = clock.now()
    room.save(update_fields=["gathered_at"])


def _sit(seat: Seat, room: Room, person: Person, hello: protocol.Hello, nickname: str, holder: Holder) -> None:
    if seat._state.adding:
        seat.joined_at = clock.now()
    else:
        seat.rev += 1
    if seat.page != hello.page:
        if not seat._state.adding:
            seat.epoch += 1
        seat.page, seat.screen = hello.page, False
    seat.user_id = person.user_id or seat.user_id
    seat.guest = person.guest or seat.guest
    seat.role = Seat.Role.HOST if access.may_host(room, person) else Seat.Role.MEMBER
    seat.state, seat.reason, seat.ended_at = Seat.State.IN, "", None
    seat.key_hash, seat.attempt = hash_key(hello.key), hello.attempt
    seat.nickname, seat.nickname_key = nickname, nickname_key(nickname)
    seat.mic, seat.cam = hello.mic, hello.cam
    seat.process, seat.socket = holder.process, holder.socket
    seat.away_at = seat.ends_at = None
    seat.save()
