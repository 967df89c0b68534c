"""Writing and reading chat."""

from __future__ import annotations

from config.ground.clock import clock
from rooms import protocol
from rooms.models import ChatMessage, Room, Seat, queries
from rooms.services import seats
from rooms.services.quotas import trim_chat_sometimes
from rooms.services.retention import kept_since


def post(*, seat: Seat, text: str, ref: str, to: str | None) -> ChatMessage:
    """Store a chat message and return it. Raises Refused.

    ``to`` is the id of the seat a private message is for. Posting again with the same ``ref`` returns the first one.
    """
    line = text.replace("\0", "").strip()  # PostgreSQL cannot store NUL
    if not line:
        raise protocol.Refused("bad_message", "There is nothing in that message.")
    if len(line) > protocol.CHAT_MAX:
        raise protocol.Refused("too_large", f"A message can have up to {protocol.CHAT_MAX} characters.")
    defaults = {
        "room_id": seat.room_id,
        "to_id": to,
        "to_nickname": _recipient_nickname(to, seat) if to else "",
        "nickname": seat.nickname,
        "text": line,
        "sent_at": clock.now(),
        "until_end": not seat.room.keeps_chat,
    }
    message, is_new = ChatMessage.objects.get_or_create(seat=seat, ref=ref, defaults=defaults)
    if is_new:
        trim_chat_sometimes(seat.room_id)
    return message


def _recipient_nickname(to: str, sender: Seat) -> str:
    """Return the nickname of a private message's recipient. Raises Refused unless they are in the room."""
    others = seats.live([sender.room_id]).exclude(pk=sender.pk)
    nickname = others.filter(pk=to).values_list("nickname", flat=True).first()
    if nickname is None:
        raise protocol.Refused("no_such_seat")
    return nickname


def history(seat: Seat, room: Room, before: int = protocol.LINE_ID_MAX) -> list[ChatMessage]:
    """Return the last CHAT_HISTORY messages that the seat may read and whose id is below ``before``, oldest first."""
    assert room.gathered_at is not None
    lines = queries.chat_of(
        room.pk, seat.pk, since=room.gathered_at, kept_since=kept_since(), before=before, most=protocol.CHAT_HISTORY
    )
    return lines[::-1]
