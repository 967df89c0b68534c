"""Authorization: every question of who may do what is answered here, against the server's own state."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.http import Http404
from limits import parse

from accounts.people import Person, Standing
from config.ground.addresses import address_group
from config.ground.throttle import Throttle
from rooms.models import Room, Seat
from rooms.models.queries import room_by_code


class Denied(Exception):
    """The person may not do that."""


class TooManyUnknown(Exception):
    """The code belongs to no room, and the address has tried too many such codes."""


def open_room(slug: str, address: str) -> Room | None:
    """Return the room if people can enter it now; None for unknown, closed and deleted rooms alike.

    Raises TooManyUnknown. Only look-ups that find nothing are counted and throttled, so nobody can keep the others
    behind their address (a school, a mobile network) out of a room: not by guessing, and not by waiting in a crowd
    before a closed door, whose code is known.

    A guesser over the limit could thus still see a hit. Refusing everything to such an address would not stop one: the
    limit is per IPv6 /64, and anybody can have 65,536 of those; new sessions are free, so only people with an account
    or a seat could be exempt. The length of the codes does it: of 30^10 (2^49), a guesser who gets 1,000 answers a
    second finds the first of 10,000 open rooms after 1.9 years on average, of 100 rooms after 190 years. At the
    30 a minute of one address, it would be 3,700 and 370,000 years.
    """
    room = room_by_code(slug)
    if room is None and not note_unknown(address):
        raise TooManyUnknown
    return room if room and room.is_open else None


def own_room(user: AbstractBaseUser | AnonymousUser, slug: str) -> Room:
    """Return the user's own room, open or closed.

    Raises Http404 for everybody else's rooms, as if they did not exist.
    """
    room = Room.objects.filter(slug=slug, owner=user.pk, deleted_at=None).first() if user.pk else None
    if room is None:
        raise Http404("no such room")
    return room


def refuse_socket(person: Person, *, needs_account: bool = False) -> str | None:
    """Return the code of the bye for a person whose session does not admit a socket, or None."""
    match person.standing:
        case Standing.ENDED:
            return "signed_out"
        case Standing.MUST_CHANGE_PASSWORD:
            return "password_due"
    is_known = person.user_id is not None if needs_account else person.is_known
    return None if is_known else "no_session"


def may_host(room: Room, person: Person) -> bool:
    """Return whether the person acts as a host in the room."""
    return person.user_id is not None and person.user_id == room.owner_id


def may_exceed_capacity(room: Room, person: Person) -> bool:
    """Return whether the person is let in as one more when the room is full: without a host, nobody could be removed
    from it."""
    return may_host(room, person)


def may_change(room: Room, by: AbstractBaseUser | AnonymousUser) -> bool:
    """Return whether ``by`` may change the room: its owner, and staff in the admin."""
    return room.deleted_at is None and (by.pk == room.owner_id or bool(getattr(by, "is_staff", False)))


def may_remove(room: Room, seats: Iterable[Seat], by: AbstractBaseUser | AnonymousUser) -> bool:
    """Return whether ``by`` may remove the person who has these seats. Nobody can remove the owner."""
    return may_change(room, by) and all(seat.user_id != room.owner_id for seat in seats)


def may_enter(room: Room, person: Person, removed: Iterable[Seat] | None = None) -> bool:
    """Return whether the person may enter an open room.

    A removed person cannot come back under the same account or in the same browser session. Signed out, or in a
    private window, they can: there are no bans and no lobby. Owners always can. ``removed`` are the seats of the room
    that ended by removal, for callers that have read them already.
    """
    if not person.is_known:
        return False
    if may_host(room, person):
        return True
    if removed is None:
        removed = Seat.objects.filter(room=room, reason=Seat.Reason.REMOVED)
    return not was_removed(person, removed)


def was_removed(person: Person, removed: Iterable[Seat]) -> bool:
    """Return whether one of the seats that ended by removal was the person's."""
    return any(_was_theirs(seat, person) for seat in removed)


def _was_theirs(seat: Seat, person: Person) -> bool:
    by_account = person.user_id is not None and seat.user_id == person.user_id
    return by_account or bool(person.guest and seat.guest == person.guest)


def seats_of_same_person(seat: Seat, among: Iterable[Seat]) -> list[Seat]:
    """Return the seat and those ``among`` the others that belong to the same person.

    Two seats do when they share an account or a guest session, or when a third one shares one with each.
    """
    found, left = [seat], [one for one in among if one.pk != seat.pk]
    for known in found:  # which grows meanwhile
        same = [one for one in left if _is_shared(one.user_id, known.user_id) or _is_shared(one.guest, known.guest)]
        found += same
        left = [one for one in left if one not in same]
    return found


def _is_shared(one: int | str | None, other: int | str | None) -> bool:
    return bool(one) and one == other


def is_theirs(seat: Seat, person: Person) -> bool:
    """Return whether the seat belongs to the person: to their account, or to the session that took it.

    Signing in keeps the session.
    """
    if seat.user_id is not None:
        return seat.user_id == person.user_id
    return bool(seat.guest) and seat.guest == person.guest


_unknown_codes = Throttle(parse(settings.LANAI_UNKNOWN_CODES), "unknown-code")


def note_unknown(address: str) -> bool:
    """Count an attempt on an unknown room code; return whether it was within the limit."""
    return _unknown_codes.hit(address_group(address))


def unknown_retry_seconds(address: str) -> int:
    """Return how long an address over the limit waits until it may try one more unknown code."""
    return _unknown_codes.retry_seconds(address_group(address))


_new_guests = Throttle(parse(f"{settings.LANAI_GUESTS_PER_ADDRESS}/hour"), "new-guest")


def note_new_guest(address: str) -> bool:
    """Count a new guest session, a row of the database; return whether it was within the limit."""
    return _new_guests.hit(address_group(address))


def new_guest_retry_seconds(address: str) -> int:
    """Return how long an address over the limit waits until one more guest may come from it."""
    return _new_guests.retry_seconds(address_group(address))
