"""What each client message does. A handler sees who asks (a Visit) and never a socket; it answers with messages
and their audience."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib.auth import get_user_model
from msgspec import UNSET

from accounts.people import Person
from rooms import protocol, seats, services
from rooms.access import Denied, may_enter, may_host
from rooms.desk import seat_desk
from rooms.ice import ice_servers
from rooms.metrics import counts, join_seconds
from rooms.models import Room, Seat
from rooms.nicknames import asked_nickname
from rooms.outgoing import ROOM, SELF, Outgoing
from rooms.protocol import Refused
from rooms.taking import Taken, take


@dataclass(slots=True)
class Visit:
    """Somebody at the door of a room, or in it. ``snapshot`` is the last welcome, for the hub to take in."""

    room_id: int
    owner_id: int
    person: Person
    holder: seats.Holder
    session_key: str
    gone: frozenset[seats.Holder] = frozenset()  # whose sockets closed here just now, as of the hello
    seat_id: str | None = None
    nickname: str = ""  # of the seat, once there is one
    snapshot: protocol.Welcome | None = None
    rev: int = 0  # of the seat when it was taken: among several who took it, the highest holds it


Handler = Callable[[Visit, Any], Awaitable[list[Outgoing]]]
Message = TypeVar("Message", bound=protocol.ClientMessage)
HANDLERS: dict[type[protocol.ClientMessage], Handler] = {}


def handles(kind: type[Message]) -> Callable[[Handler], Handler]:
    """Register the handler of one class of client messages."""

    def register(handler: Handler) -> Handler:
        HANDLERS[kind] = handler
        return handler

    return register


@handles(protocol.Hello)
async def hello(visit: Visit, message: protocol.Hello) -> list[Outgoing]:
    if visit.seat_id is not None:
        raise Refused("already_joined")
    with join_seconds.time():
        taken, welcome = await seat_desk.run(_take, visit, message)
    if taken.joined:
        counts.joins += 1
    else:
        counts.resumes += 1
    visit.seat_id, visit.rev, visit.snapshot = taken.seat.pk, taken.seat.rev, welcome
    visit.nickname = taken.seat.nickname
    mine = seats.on_wire(taken.seat)
    news: protocol.ServerMessage = protocol.SeatJoined(seat=mine) if taken.joined else protocol.SeatUpdated(seat=mine)
    return [Outgoing(SELF, welcome), *map(services.left, taken.ended), Outgoing(ROOM, news)]


def _take(visit: Visit, message: protocol.Hello) -> tuple[Taken, protocol.Welcome]:
    taken = take(room_id=visit.room_id, person=visit.person, hello=message, holder=visit.holder, gone=visit.gone)
    return taken, _welcome(taken.seat, taken.room, taken.roster)


def _welcome(seat: Seat, room: Room, roster: list[Seat]) -> protocol.Welcome:
    return protocol.Welcome(
        seat=seat.pk,
        room=seats.room_on_wire(room),
        seats=[seats.on_wire(one) for one in roster],
        chat=[services.line_on_wire(line) for line in services.chat_of(seat, room)],
        ice_servers=ice_servers(seat.pk),
        heartbeat=protocol.HEARTBEAT_SECONDS,
        protocol=protocol.PROTOCOL_VERSION,
    )


def look(visit: Visit) -> tuple[protocol.Room, list[protocol.Seat], bool]:
    """The room, its people, and whether the visitor may know their names."""
    room = Room.objects.get(pk=visit.room_id)
    people = [seats.on_wire(seat) for seat in seats.live([room.pk])]
    return seats.room_on_wire(room), people, may_enter(room, visit.person)


@handles(protocol.Sync)
async def sync(visit: Visit, message: protocol.Sync) -> list[Outgoing]:
    def read() -> protocol.Welcome:
        room = Room.objects.get(pk=visit.room_id)
        return _welcome(_own_seat(visit), room, list(seats.live([room.pk])))

    visit.snapshot = await seat_desk.run(read)
    return [Outgoing(SELF, visit.snapshot)]


def _own_seat(visit: Visit) -> Seat:
    """The seat of the visit. Raises Refused before hello, and when the seat is held elsewhere."""
    holder = visit.holder
    held = seats.live([visit.room_id]).filter(process=holder.process, socket=holder.socket)
    seat = held.filter(pk=visit.seat_id).select_related("room").first() if visit.seat_id else None
    if seat is None:
        raise Refused("not_joined")
    return seat


@handles(protocol.State)
async def state(visit: Visit, message: protocol.State) -> list[Outgoing]:
    seat = await seat_desk.run(seats.change, visit.seat_id or "", visit.holder, message)
    if seat is None:
        raise Refused("not_joined")
    return [Outgoing(ROOM, protocol.SeatUpdated(seat=seats.on_wire(seat)))]


@handles(protocol.Nickname)
async def nickname(visit: Visit, message: protocol.Nickname) -> list[Outgoing]:
    wanted = asked_nickname(message.nickname)
    seat = await seat_desk.run(seats.rename, visit.room_id, visit.seat_id or "", visit.holder, wanted)
    if seat is None:
        raise Refused("not_joined")
    visit.nickname = seat.nickname
    return [Outgoing(ROOM, protocol.SeatUpdated(seat=seats.on_wire(seat)))]


@handles(protocol.Chat)
async def chat(visit: Visit, message: protocol.Chat) -> list[Outgoing]:
    if message.ref is UNSET:
        raise Refused("bad_message", "A chat message needs a ref.")
    ref, to = message.ref, None if message.to is UNSET else message.to

    def keep() -> protocol.ChatSaid:
        line = services.say(seat=_own_seat(visit), text=message.text, ref=ref, to=to)
        return protocol.ChatSaid(line=services.line_on_wire(line))

    said = await seat_desk.run(keep)
    if said.line.to is None:
        return [Outgoing(ROOM, said)]
    return [Outgoing(said.line.to, said), Outgoing(SELF, said)]


@handles(protocol.ChatEarlier)
async def chat_earlier(visit: Visit, message: protocol.ChatEarlier) -> list[Outgoing]:
    def read() -> protocol.ChatLines:
        seat = _own_seat(visit)
        lines = services.chat_of(seat, seat.room, before=message.before)
        return protocol.ChatLines(lines=list(map(services.line_on_wire, lines)))

    return [Outgoing(SELF, await seat_desk.run(read))]


@handles(protocol.Reaction)
async def reaction(visit: Visit, message: protocol.Reaction) -> list[Outgoing]:
    if visit.seat_id is None:
        raise Refused("not_joined")
    if message.emoji not in protocol.REACTIONS:
        raise Refused("bad_message", "That reaction is not one of those there are.")
    return [Outgoing(ROOM, protocol.Reacted(sender=visit.seat_id, emoji=message.emoji))]


@handles(protocol.Moderate)
async def moderate(visit: Visit, message: protocol.Moderate) -> list[Outgoing]:
    await seat_desk.run(_remove, visit, message.seat)
    return []


def _remove(visit: Visit, seat_id: str) -> None:
    _own_seat(visit)
    seat = seats.live([visit.room_id]).filter(pk=seat_id).select_related("room").first()
    if seat is None:
        raise Refused("no_such_seat")
    by = get_user_model().objects.filter(pk=visit.person.user_id or 0, is_active=True).first()
    if by is None or not may_host(seat.room, visit.person):  # staff without a room act in the admin
        raise Refused("not_allowed")
    try:
        services.remove_seat(seat=seat, by=by)
    except Denied:
        raise Refused("not_allowed") from None


@handles(protocol.Spotlight)
async def spotlight(visit: Visit, message: protocol.Spotlight) -> list[Outgoing]:
    changed = await seat_desk.run(_spotlight, visit, message.seat)
    return [Outgoing(ROOM, protocol.SeatUpdated(seat=seats.on_wire(seat))) for seat in changed]


def _spotlight(visit: Visit, seat_id: str | None) -> list[Seat]:
    if not may_host(_own_seat(visit).room, visit.person):
        raise Refused("not_allowed")
    return seats.spotlight(visit.room_id, seat_id)


@handles(protocol.Leave)
async def leave(visit: Visit, message: protocol.Leave) -> list[Outgoing]:
    if visit.seat_id is None:
        return [Outgoing(SELF, protocol.bye("left"))]
    seat = await seat_desk.run(seats.leave, visit.seat_id, visit.holder)
    return [*([services.left(seat)] if seat else []), Outgoing(SELF, protocol.bye("left"))]
