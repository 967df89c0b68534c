"""What handlers and services hand to the hub: a message and whom it is for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.db import transaction

from rooms.models import Room
from rooms.protocol import ServerMessage

SELF = "self"  # the socket that asked
ROOM = "room"  # every seat of the room, the sender's too
EVERYBODY = "everybody"  # the seats and those who look in from the green room


class Outgoing(NamedTuple):
    """``audience`` is one of the above, or the id of one seat."""

    audience: str
    message: ServerMessage


# The hub of this process listens here once it runs. A process without one (a management command) tells
# nobody: the other processes' sweeps find the change in the table.
listeners: list[Callable[[int, int, list[Outgoing]], None]] = []


def announce(room: Room, news: Iterable[Outgoing]) -> None:
    """Tell the room's sockets, wherever they are, once the transaction is committed."""
    batch = list(news)
    room_id, owner_id = room.pk, room.owner_id
    for tell in listeners:
        transaction.on_commit(lambda tell=tell: tell(room_id, owner_id, batch))  # type: ignore[misc]


# The hub listens here too: for an account whose sockets are to close, all of them or those of one session.
farewells: list[Callable[[int, str], None]] = []


def send_away(user_id: int, session: str) -> None:
    """Close the sockets of an account once the transaction is committed; ``session`` is a guest id, or "" for all."""
    for tell in farewells:
        transaction.on_commit(lambda tell=tell: tell(user_id, session))  # type: ignore[misc]
