"""Joining a room. In this order, the person gets:

1. the live seat of their key,
2. the seat of their key that expired within RESUME_WINDOW,
3. their own seat that is away and has the same nickname, where the page that held its key is gone,
4. a new seat.

The cost of a hello is mostly that of its SQL statements. So the seats that matter are read once, under the room's lock,
and everything else is worked out in memory. Synchronous.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.db import transaction

from accounts.people import Person
from config.ground.clock import clock
from config.ground.nicknames import nickname_key
from rooms import protocol
from rooms.models import Room, Seat, queries
from rooms.rules import access
from rooms.rules.lease import RESUME_WINDOW, Lease
from rooms.rules.nicknames import refuse_taken, requested_nickname
from rooms.services.seats import end


@dataclass(frozen=True, slots=True)
class Joined:
    """The result of ``join``.

    ``seat`` is now held; ``is_new`` says that the others see a new tile: a new seat, or an expired one taken again.
    ``roster`` is everybody inside, in order of joining; ``expired`` are seats that were due and ended on the way,
    ``given_up`` older ones of a host that gave way.
    """

    seat: Seat
    is_new: bool
    room: Room
    roster: list[Seat]
    expired: list[Seat]
    given_up: list[Seat]


class JoinRejected(Exception):
    """The person cannot join this room at all; ``code`` is one of protocol.BYES."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class RoomSeats:
    """The seats of a room that matter to a newcomer.

    ``live`` have not ended; ``resumable`` expired within RESUME_WINDOW; ``removed`` ended by removal; ``expired``
    were due, and were ended just now.
    """

    live: list[Seat]
    resumable: list[Seat]
    removed: list[Seat]
    expired: list[Seat]

    def inside_besides(self, *seats: Seat) -> list[Seat]:
        besides = {seat.pk for seat in seats}
        return [one for one in self.live if one.state == Seat.State.IN and one.pk not in besides]


def join(*, room_id: int, person: Person, hello: protocol.Hello, lease: Lease, closing: frozenset[Lease]) -> Joined:
    """Give the person their seat, held under ``lease``.

    Seats under a lease in ``closing`` are away, although the table may not say so yet. Raises JoinRejected where the
    person may not join, and protocol.Refused where they may try again (nickname, full room, here twice already).
    """
    if hello.attempt == 1:
        requested_nickname(hello.nickname)  # refused before anything is read
    with transaction.atomic():
        room = queries.locked_room(room_id)
        seats = _read_seats(room)
        _reject_entry(room, person, hello, seats)
        held = _held_by_key(seats, person, hello)
        # A live seat keeps its name, even one that was allowed by earlier rules only, or is like another's by the new.
        keeps_name = held is not None and _is_live(held) and held.nickname == hello.nickname
        nickname = hello.nickname if keeps_name else requested_nickname(hello.nickname)
        seat = held or _away_by_name(seats, person, nickname, closing) or Seat(room=room)
        is_new = seat._state.adding or seat.state == Seat.State.ENDED
        given_up = _make_way(room, person, seats) if is_new else []
        others = seats.inside_besides(seat, *given_up)
        if not keeps_name:
            refuse_taken(nickname, [one.nickname for one in seats.live if one.pk != seat.pk and one not in given_up])
        given_up = end(Seat.objects.filter(pk__in=[one.pk for one in given_up]), Seat.Reason.LEFT) if given_up else []
        if not seats.live and not seats.resumable:
            _begin_meeting(room)
        _hold(seat, room, person, hello, nickname, lease)
        roster = sorted([*others, seat], key=lambda one: (one.joined_at, one.pk))
        # If the seat itself was due, its end is not announced: the message would carry the new ``rev``, and pages would
        # drop the resumed seat.
        expired = [one for one in seats.expired if one.pk != seat.pk]
        return Joined(seat, is_new, room, roster, expired, given_up)


def _reject_entry(room: Room, person: Person, hello: protocol.Hello, seats: RoomSeats) -> None:
    if not room.is_open:
        raise JoinRejected("closed")
    if not person.is_known:
        raise JoinRejected("no_session")
    if not access.may_enter(room, person, seats.removed):
        raise JoinRejected("removed")
    key_hash = hash_key(hello.key)
    if any(seat.key_hash == key_hash for seat in seats.removed) and not access.may_host(room, person):
        raise JoinRejected("removed")  # signed out since, in the page that was removed


def _make_way(room: Room, person: Person, seats: RoomSeats) -> list[Seat]:
    """Return which of the person's own live seats end so that they can take a new one.

    A person has at most SEATS_PER_PERSON, and is refused one more (``here_twice``), as in a full room (``room_full``).
    A seat that is away counts, because otherwise closing a socket would free a seat for the next one. People who may
    exceed the capacity always come in, by one seat; beyond that older seats of their own end, those that are away
    first.
    """
    inside = len(seats.inside_besides())
    own = [one for one in seats.live if access.is_theirs(one, person)]
    if access.may_exceed_capacity(room, person):
        surplus = max(len(own) + 1 - protocol.SEATS_PER_PERSON, inside - room.capacity, 0)
        return sorted(own, key=lambda one: (one.away_at is None, one.joined_at))[:surplus]
    if len(own) >= protocol.SEATS_PER_PERSON:
        raise protocol.Refused("here_twice")
    if inside >= room.capacity:
        raise protocol.Refused("room_full", f"This meeting is full ({room.capacity} people).")
    return []


def _read_seats(room: Room) -> RoomSeats:
    """Read and lock the seats, and end those that are due."""
    now = clock.now()
    found = {seat.pk: seat for seat in queries.locked_seats_around(room.pk, expired_after=now - RESUME_WINDOW)}
    due = [seat.pk for seat in found.values() if _is_live(seat) and seat.ends_at is not None and seat.ends_at <= now]
    expired = end(Seat.objects.filter(pk__in=due), Seat.Reason.EXPIRED) if due else []
    found |= {seat.pk: seat for seat in expired}
    return RoomSeats(
        live=[seat for seat in found.values() if _is_live(seat)],
        resumable=[seat for seat in found.values() if seat.reason == Seat.Reason.EXPIRED],
        removed=[seat for seat in found.values() if seat.reason == Seat.Reason.REMOVED],
        expired=expired,
    )


def _is_live(seat: Seat) -> bool:
    return seat.state != Seat.State.ENDED


def hash_key(key: str) -> str:
    """Return the hash under which a seat key is stored. Keys are 128 random bits, so a plain hash is enough."""
    return hashlib.sha256(key.encode()).hexdigest()


def _held_by_key(seats: RoomSeats, person: Person, hello: protocol.Hello) -> Seat | None:
    key_hash = hash_key(hello.key)
    held = next((seat for seat in seats.live if seat.key_hash == key_hash), None)
    if held is None:
        expired = [seat for seat in seats.resumable if seat.key_hash == key_hash]
        last = max(expired, key=lambda seat: seat.joined_at, default=None)
        # Another person may be using the page by now; they get a seat of their own.
        return last if last and access.is_theirs(last, person) else None
    if not access.is_theirs(held, person):
        raise JoinRejected("not_allowed")
    if hello.attempt < held.attempt:
        raise JoinRejected("taken")
    return held


def _away_by_name(seats: RoomSeats, person: Person, nickname: str, closing: frozenset[Lease]) -> Seat | None:
    """Return the person's own away seat, for when the page that held its key is gone."""
    key = nickname_key(nickname)
    # The stored key may be by an earlier rule.
    own = [one for one in seats.live if nickname_key(one.nickname) == key and access.is_theirs(one, person)]
    return next((one for one in own if one.away_at or Lease(one.process, one.socket) in closing), None)


def _begin_meeting(room: Room) -> None:
    """Record that a new meeting begins: nobody is inside, and nobody who expired could still come back."""
    room.gathered_at = clock.now()
    room.save(update_fields=["gathered_at"])


def _hold(seat: Seat, room: Room, person: Person, hello: protocol.Hello, nickname: str, lease: Lease) -> None:
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
    if seat.nickname != nickname:
        seat.nickname, seat.nickname_key = nickname, nickname_key(nickname)
    seat.mic, seat.cam = hello.mic, hello.cam
    seat.process, seat.socket = lease.process, lease.socket
    seat.away_at = seat.ends_at = None
    seat.save()
