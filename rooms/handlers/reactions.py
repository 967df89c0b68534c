"""Reactions: emoji that are shown for a moment and stored nowhere."""

from __future__ import annotations

from rooms import protocol
from rooms.handlers.registry import Result, Visit, handles
from rooms.protocol import Refused
from rooms.services.events import ROOM, Event


@handles(protocol.Reaction)
async def reaction(visit: Visit, message: protocol.Reaction) -> Result:
    if visit.seat_id is None:
        raise Refused("not_joined")
    if message.emoji not in protocol.REACTIONS:
        raise Refused("bad_message", "That reaction is not one of those there are.")
    return Result([Event(ROOM, protocol.Reacted(sender=visit.seat_id, emoji=message.emoji))])
