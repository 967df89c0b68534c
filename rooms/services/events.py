"""Events: a server message and the audience it is for. The hub of this process delivers them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.db import transaction

from accounts.people import Person
from rooms.models import Room
from rooms.protocol import ServerMessage
from rooms.rules.person_keys import person_key

SELF = "self"  # the socket that asked
ROOM = "room"  # every seat of the room, the sender's too
# The seats and the previewers in the green room. Processes of the previous release know this value.
EVERYONE = "everybody"


class Event(NamedTuple):
    """``audience`` is SELF, ROOM, EVERYONE, the id of one seat, or one of ``person_audiences``."""

    audience: str
    message: ServerMessage


def person_audiences(user_ids: Iterable[int], guests: Iterable[str]) -> list[str]:
    """Return the audiences of all sockets in the room, seated or previewing, of these accounts and guest sessions.

    They are person keys. The room's owner is in none of them. Old processes take such a key for a seat id, and find no
    seat.
    """
    return [*(person_key(user_id) for user_id in user_ids), *(person_key(None, guest) for guest in guests)]


def audiences_of(person: Person) -> list[str]:
    """Return the audiences of ``person_audiences`` that the person belongs to."""
    return person_audiences([person.user_id] if person.user_id else [], [person.guest] if person.guest else [])


# The hub registers here once it runs: functions of (room id, owner id, events). A process without a hub, such as a
# management command, tells nobody; the reconcilers of the other processes find the change in the table.
listeners: list[Callable[[int, int, list[Event]], None]] = []

# The hub registers here for accounts whose sockets must close: functions of
# (user id, guest id of the session or "", guest id of a session that stays or "").
sign_out_listeners: list[Callable[[int, str, str], None]] = []


def announce(room: Room, events: Iterable[Event]) -> None:
    """Deliver the events once the transaction is committed."""
    batch = list(events)
    room_id, owner_id = room.pk, room.owner_id
    for tell in listeners:
        transaction.on_commit(lambda tell=tell: tell(room_id, owner_id, batch))  # type: ignore[misc]


def close_sockets(user_id: int, session: str, but: str = "") -> None:
    """Close the account's sockets once the transaction is committed.

    ``session`` is the guest id of one session, or "" for all of the account's sessions, without that of ``but``.
    """
    for tell in sign_out_listeners:
        transaction.on_commit(lambda tell=tell: tell(user_id, session, but))  # type: ignore[misc]
