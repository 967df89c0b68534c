"""Writing and reading chat."""

from __future__ import annotations

from typing import NamedTuple

from config.ground.clock import clock
from config.ground.unicode.visible import shows_something, with_few_marks
from rooms import protocol
from rooms.models import ChatMessage, Room, Seat, queries
from rooms.services import seats
from rooms.services.quotas import trim_chat_sometimes
from rooms.services.retention import kept_since
from rooms.services.wire_records import chat_record

# Control characters (Unicode category Cc) but tab and line feed: nobody sees them, JSON writes most of them as six
# bytes, and PostgreSQL cannot store NUL.
CONTROLS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)])
del CONTROLS[ord("\t")], CONTROLS[ord("\n")]
# Of what may be left out before a message is measured: controls, and white space at its ends.
RAW_MAX = 2 * protocol.CHAT_MAX


def post(*, seat: Seat, text: str, ref: str, to: str | None) -> ChatMessage:
    """Store a chat message and return it. Raises Refused.

    ``to`` is the id of the seat a private message is for. Posting again with the same ``ref`` returns the first one.
    """
    line = _clean(text)
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


def _clean(text: str) -> str:
    line = with_few_marks(text.translate(CONTROLS).strip()) if len(text) <= RAW_MAX else text
    if len(line) > protocol.CHAT_MAX:
        raise protocol.Refused("too_large", f"A message can have up to {protocol.CHAT_MAX} characters.")
    if not shows_something(line):
        raise protocol.Refused("bad_message", "There is nothing in that message.")
    return line


def _recipient_nickname(to: str, sender: Seat) -> str:
    """Return the nickname of a private message's recipient. Raises Refused unless they are in the room."""
    others = seats.live([sender.room_id]).exclude(pk=sender.pk)
    nickname = others.filter(pk=to).values_list("nickname", flat=True).first()
    if nickname is None:
        raise protocol.Refused("no_such_seat")
    return nickname


class History(NamedTuple):
    """Chat lines, oldest first; ``earlier`` tells whether there are lines before them."""

    lines: list[protocol.ChatLine]
    earlier: bool


def history(seat: Seat, room: Room, before: int = protocol.LINE_ID_MAX) -> History:
    """Return the last lines that the seat may read and whose id is below ``before``.

    They are up to CHAT_HISTORY, and take up to CHAT_HISTORY_BYTES: a frame of fifty bytes asks for all of them.
    """
    assert room.gathered_at is not None
    newest_first = queries.chat_of(
        room.pk, seat.pk, since=room.gathered_at, kept_since=kept_since(), before=before, most=protocol.CHAT_HISTORY + 1
    )
    lines = _within_bytes(list(map(chat_record, newest_first[: protocol.CHAT_HISTORY])))
    return History(lines[::-1], earlier=len(lines) < len(newest_first))


def _within_bytes(lines: list[protocol.ChatLine]) -> list[protocol.ChatLine]:
    """Return the first lines, one at least."""
    left = protocol.CHAT_HISTORY_BYTES
    for count, line in enumerate(lines):
        left -= protocol.size(line)
        if left < 0:
            return lines[: max(1, count)]
    return lines
