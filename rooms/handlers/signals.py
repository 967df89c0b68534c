"""Messages answered at once: relayed signals and heartbeats."""

from __future__ import annotations

from rooms import protocol
from rooms.handlers.registry import NOTHING, Result, Visit, handles_immediately
from rooms.protocol import Refused
from rooms.services.events import SELF, Event

_PONG = Result([Event(SELF, protocol.Pong())])


@handles_immediately(protocol.Signal)
def signal(visit: Visit, message: protocol.Signal) -> Result:
    if visit.seat_id is None:
        raise Refused("not_joined", to=message.to)
    visit.realtime.relay(visit.room_id, visit.seat_id, message)
    return NOTHING


@handles_immediately(protocol.Ping)
def ping(visit: Visit, message: protocol.Ping) -> Result:
    return _PONG
