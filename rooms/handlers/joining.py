"""Previewing a room, joining, requesting the snapshot again, leaving."""

from __future__ import annotations

from dataclasses import replace

from config.ground.clock import clock
from rooms import protocol
from rooms.handlers.registry import Mode, Result, Snapshot, Visit, handles, own_seat
from rooms.media.ice import ice_servers
from rooms.models import Room, Seat
from rooms.protocol import Refused
from rooms.rules.access import may_enter
from rooms.rules.lease import Lease
from rooms.runtime.executors import seat_executor
from rooms.runtime.metrics import counts, join_seconds
from rooms.services import chat, joining, seats
from rooms.services.events import ROOM, SELF, Event
from rooms.services.joining import Joined
from rooms.services.quotas import trim_seats_sometimes
from rooms.services.wire_records import room_record, seat_left, seat_record, seat_updated


@handles(protocol.Peek, Mode.PREVIEW)
async def peek(visit: Visit, message: protocol.Peek) -> Result:
    if visit.seat_id is not None:
        raise Refused("already_joined")
    return Result(snapshot=await seat_executor.run(_read_preview, visit))


def _read_preview(visit: Visit) -> Snapshot:
    room = Room.objects.get(pk=visit.room_id)
    people = [seat_record(seat) for seat in seats.live([room.pk])]
    return Snapshot(room_record(room), people, may_enter(room, visit.person))


@handles(protocol.Hello, Mode.JOIN)
async def hello(visit: Visit, message: protocol.Hello) -> Result:
    if visit.seat_id is not None:
        raise Refused("already_joined")
    with join_seconds.time():
        joined, welcome = await seat_executor.run(_join, visit, message, visit.realtime.closing_leases())
    if joined.is_new:
        counts.joins += 1
        news = Event(ROOM, protocol.SeatJoined(seat=seat_record(joined.seat)))
    else:
        counts.resumes += 1
        news = seat_updated(joined.seat)
    ended = [Event(ROOM, seat_left(seat)) for seat in (*joined.expired, *joined.given_up)]
    taken = [Event(seat.pk, protocol.bye("taken")) for seat in joined.given_up]
    return Result(
        [Event(SELF, welcome), *ended, *taken, news],
        replace(visit, seat_id=joined.seat.pk, rev=joined.seat.rev, nickname=joined.seat.nickname),
        Snapshot(welcome.room, welcome.seats),
    )


def _join(visit: Visit, message: protocol.Hello, closing: frozenset[Lease]) -> tuple[Joined, protocol.Welcome]:
    joined = joining.join(room_id=visit.room_id, person=visit.person, hello=message, lease=visit.lease, closing=closing)
    if joined.is_new:
        trim_seats_sometimes(visit.room_id)
    return joined, _welcome(joined.seat, joined.room, joined.roster)


@handles(protocol.Sync, Mode.SNAPSHOT)
async def sync(visit: Visit, message: protocol.Sync) -> Result:
    welcome = await seat_executor.run(_read_welcome, visit)
    return Result([Event(SELF, welcome)], snapshot=Snapshot(welcome.room, welcome.seats))


def _read_welcome(visit: Visit) -> protocol.Welcome:
    room = Room.objects.get(pk=visit.room_id)
    return _welcome(own_seat(visit), room, list(seats.live([room.pk])))


def _welcome(seat: Seat, room: Room, roster: list[Seat]) -> protocol.Welcome:
    history = chat.history(seat, room)
    return protocol.Welcome(
        seat=seat.pk,
        room=room_record(room),
        seats=[seat_record(one) for one in roster],
        chat=history.lines,
        chat_earlier=history.earlier,
        ice_servers=ice_servers(seat),
        heartbeat=protocol.HEARTBEAT_SECONDS,
        protocol=protocol.PROTOCOL_VERSION,
        now=clock.now().timestamp(),
    )


@handles(protocol.Leave)
async def leave(visit: Visit, message: protocol.Leave) -> Result:
    left = await seat_executor.run(seats.leave, visit.seat_id, visit.lease) if visit.seat_id else None
    news = [Event(ROOM, seat_left(left))] if left else []
    return Result([*news, Event(SELF, protocol.bye("left"))])
