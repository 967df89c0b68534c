"""A person's changes of their own seat: switches and nickname."""

from __future__ import annotations

from dataclasses import replace

from rooms import protocol
from rooms.handlers.registry import Result, Visit, handles
from rooms.protocol import Refused
from rooms.rules.nicknames import requested_nickname
from rooms.runtime.executors import seat_executor
from rooms.services import seats
from rooms.services.wire_records import seat_updated


@handles(protocol.State)
async def state(visit: Visit, message: protocol.State) -> Result:
    seat = await seat_executor.run(seats.switch, visit.seat_id or "", visit.lease, message)
    if seat is None:
        raise Refused("not_joined")
    return Result([seat_updated(seat)])


@handles(protocol.Nickname)
async def nickname(visit: Visit, message: protocol.Nickname) -> Result:
    wanted = requested_nickname(message.nickname)
    seat = await seat_executor.run(seats.rename, visit.room_id, visit.seat_id or "", visit.lease, wanted)
    if seat is None:
        raise Refused("not_joined")
    return Result([seat_updated(seat)], replace(visit, nickname=seat.nickname))
