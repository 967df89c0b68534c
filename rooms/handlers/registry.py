"""The registry of client messages: which handler each has, and how the socket runs it.

A handler gets the visit and the message, never a socket. It returns a result: events with their audiences, and what
changed for the visit. It raises protocol.Refused to answer with an error, and JoinRejected to close the socket. Signals
are the exception: they are relayed at once, through ``visit.realtime``.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, NamedTuple, Protocol, TypeVar

from accounts.people import Person
from rooms import protocol
from rooms.models import Seat
from rooms.rules.lease import Lease
from rooms.services import seats
from rooms.services.events import Event


class Realtime(Protocol):
    """What handlers use of the realtime floor above them."""

    def relay(self, room_id: int, sender: str, signal: protocol.Signal) -> None:
        """Pass a signal on to one seat of the room. Raises protocol.Refused."""

    def closing_leases(self) -> frozenset[Lease]:
        """Return the leases whose sockets have closed, and whose seats are about to be marked as away."""


@dataclass(frozen=True, slots=True)
class Visit:
    """The context of one room socket: the room, the person, and their seat once they have joined.

    ``rev`` is that of the seat when it was taken: among several sockets that took it, the highest holds it.
    """

    room_id: int
    owner_id: int
    person: Person
    lease: Lease
    session_key: str
    realtime: Realtime
    seat_id: str | None = None
    nickname: str = ""
    rev: int = 0


class Snapshot(NamedTuple):
    """A room and its seats as just read from the table. ``may_enter``: whether the visitor may know the names."""

    room: protocol.Room
    seats: list[protocol.Seat]
    may_enter: bool = True


@dataclass(frozen=True, slots=True)
class Result:
    """``visit`` replaces the socket's visit where it is given; ``snapshot`` is for the hub to take in."""

    events: Sequence[Event] = ()
    visit: Visit | None = None
    snapshot: Snapshot | None = None


NOTHING = Result()


class Mode(Enum):
    """How the socket runs a handler."""

    IMMEDIATE = auto()  # a plain function that waits for nothing, run as soon as the frame is read
    QUEUED = auto()  # a coroutine, run after the socket's earlier messages
    JOIN = auto()  # queued; the socket subscribes to the room first, and is seated afterwards
    SNAPSHOT = auto()  # queued; news of the room is held back until the snapshot has been sent
    PREVIEW = auto()  # queued; the socket subscribes as a previewer, in the green room


class Handler(NamedTuple):
    """A registered handler."""

    run: Callable[[Visit, Any], Any]
    mode: Mode


HANDLERS: dict[type[protocol.ClientMessage], Handler] = {}

Message = TypeVar("Message", bound=protocol.ClientMessage)
AsyncHandler = Callable[[Visit, Message], Awaitable[Result]]
ImmediateHandler = Callable[[Visit, Message], Result]


def handles(kind: type[Message], mode: Mode = Mode.QUEUED) -> Callable[[AsyncHandler[Message]], AsyncHandler[Message]]:
    """Register a coroutine as the handler of one class of client messages."""

    def register(run: AsyncHandler[Message]) -> AsyncHandler[Message]:
        HANDLERS[kind] = Handler(run, mode)
        return run

    return register


def handles_immediately(kind: type[Message]) -> Callable[[ImmediateHandler[Message]], ImmediateHandler[Message]]:
    """Register a function that waits for nothing as the handler of one class of client messages.

    The sender alone is answered, with every event of the result; its visit and snapshot are ignored.
    """

    def register(run: ImmediateHandler[Message]) -> ImmediateHandler[Message]:
        HANDLERS[kind] = Handler(run, Mode.IMMEDIATE)
        return run

    return register


def own_seat(visit: Visit) -> Seat:
    """Return the visit's seat with its room. Raises Refused before hello, and when the seat is held elsewhere."""
    lease = visit.lease
    held = seats.live([visit.room_id]).filter(process=lease.process, socket=lease.socket)
    seat = held.filter(pk=visit.seat_id).select_related("room").first() if visit.seat_id else None
    if seat is None:
        raise protocol.Refused("not_joined")
    return seat
