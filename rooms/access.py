"""Every "may I?" question, asked in one place."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.http import Http404
from limits import parse

from accounts.people import Person
from rooms.limits import Throttle
from rooms.models import Room, Seat
from rooms.ready import room_by_code


class Denied(Exception):
    """The person may not do that."""


def open_room(slug: str) -> Room | None:
    """The room people can enter now; None for unknown, closed and deleted alike."""
    room = room_by_code(slug)
    return room if room and room.is_open else None


def own_room(user: AbstractBaseUser | AnonymousUser, slug: str) -> Room:
    """The user's own room, open or closed. Raises Http404 for everybody else's, as if it were not there."""
    room = Room.objects.filter(slug=slug, owner=user.pk, deleted_at=None).first() if user.pk else None
    if room is None:
        raise Http404("no such room")
    return room


def may_host(room: Room, person: Person) -> bool:
    return person.user_id is not None and person.user_id == room.owner_id


def may_change(room: Room, by: AbstractBaseUser | AnonymousUser) -> bool:
    """Owners change their rooms; staff change any, in the admin."""
    return room.deleted_at is None and (by.pk == room.owner_id or bool(getattr(by, "is_staff", False)))


def may_enter(room: Room, person: Person, removed: Iterable[Seat] | None = None) -> bool:
    """Who was removed cannot come back, neither under the account nor as the same guest. Owners always can.

    ``removed`` are the seats of the room that were, where they have been read already.
    """
    if not person.is_known:
        return False
    if may_host(room, person):
        return True
    if removed is None:
        removed = Seat.objects.filter(room=room, reason=Seat.Reason.REMOVED)
    return not any(_was(person, seat) for seat in removed)


def _was(person: Person, seat: Seat) -> bool:
    """Whether the seat was the person's, under the account or as the same guest."""
    by_account = person.user_id is not None and seat.user_id == person.user_id
    return by_account or bool(person.guest and seat.guest == person.guest)


def is_theirs(seat: Seat, person: Person) -> bool:
    """A seat belongs to an account, or to the session that took it; signing in keeps the session."""
    if seat.user_id is not None:
        return seat.user_id == person.user_id
    return bool(seat.guest) and seat.guest == person.guest


# Room codes can be guessed only by trying: each address may name so many unknown codes, counted in the
# storage all processes share.
_unknown_codes = Throttle(parse(settings.LANAI_UNKNOWN_CODES), "unknown-code")


def too_many_unknown(address: str) -> bool:
    return not _unknown_codes.test(source(address))


def note_unknown(address: str) -> None:
    _unknown_codes.hit(source(address))


def source(address: str) -> str:
    """Whoever has one IPv6 address has the 2**64 beside it (RFC 6177): they count as one."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
        return str(ip_network((address, 64), strict=False))
    return address
