"""Chat: writing a message, reading earlier ones."""

from __future__ import annotations

from msgspec import UNSET

from rooms import protocol
from rooms.handlers.registry import Result, Visit, handles, own_seat
from rooms.protocol import Refused
from rooms.runtime.executors import seat_executor
from rooms.services import chat as chats
from rooms.services.events import ROOM, SELF, Event
from rooms.services.wire_records import chat_record


@handles(protocol.Chat)
async def chat(visit: Visit, message: protocol.Chat) -> Result:
    if message.ref is UNSET:
        raise Refused("bad_message", "A chat message needs a ref.")
    said = protocol.ChatSaid(line=await seat_executor.run(_post, visit, message, message.ref))
    if said.line.to is None:
        return Result([Event(ROOM, said)])
    return Result([Event(said.line.to, said), Event(SELF, said)])


def _post(visit: Visit, message: protocol.Chat, ref: str) -> protocol.ChatLine:
    to = None if message.to is UNSET else message.to
    return chat_record(chats.post(seat=own_seat(visit), text=message.text, ref=ref, to=to))


@handles(protocol.ChatEarlier)
async def chat_earlier(visit: Visit, message: protocol.ChatEarlier) -> Result:
    history = await seat_executor.run(_read_earlier, visit, message.before)
    return Result([Event(SELF, protocol.ChatLines(lines=history.lines, earlier=history.earlier))])


def _read_earlier(visit: Visit, before: int) -> chats.History:
    seat = own_seat(visit)
    return chats.history(seat, seat.room, before=before)
