"""Messages from the server to a page."""

from __future__ import annotations

from typing import Any, ClassVar

import msgspec

from rooms.protocol.codes import BYES, ERRORS
from rooms.protocol.limits import HEARTBEAT_SECONDS, PROTOCOL_VERSION
from rooms.protocol.records import ByeAction, ChatLine, IceServer, LeftReason, LiveRoom, Room, Seat, Wire


class ServerMessage(Wire, tag_field="type"):
    """Base of all messages from the server."""

    examples: ClassVar[list[dict[str, Any]]] = []


_SEAT = {
    "id": "00112233445566aa",
    "nickname": "Ada",
    "role": "host",
    "guest": False,
    "mic": True,
    "cam": True,
    "screen": False,
    "hand": None,
    "spotlight": False,
    "joined_at": 1795000000.5,
    "away": False,
    "epoch": 1,
    "rev": 1,
}
_SEAT2 = {**_SEAT, "id": "ffeeddccbbaa9988", "nickname": "Grace", "role": "member", "guest": True}
_ROOM = {"slug": "abc-defg-hjk", "name": "Weekly", "capacity": 6, "chat_days": 30, "rev": 1}
_CHAT = {
    "id": 7,
    "seat": "ffeeddccbbaa9988",
    "nickname": "Grace",
    "text": "Hello",
    "to": None,
    "to_nickname": None,
    "sent_at": 1795000001.0,
    "ref": "c1",
}


class RoomPeek(ServerMessage, tag="room"):
    """The room and who is inside, for a page in the green room. `inside` counts everybody; `nicknames` is empty if the
    person may not enter."""

    examples = [{"type": "room", "room": _ROOM, "nicknames": ["Grace"], "inside": 1}]
    room: Room
    nicknames: list[str]
    inside: int


class Welcome(ServerMessage, tag="welcome"):
    """The full snapshot, first thing after `hello` and again after `sync`. `seat` is mine. `chat` has the last lines,
    as `chat.lines` has others; `chat_earlier`: whether there are lines before them. `now` is the time by the server's
    clock, in seconds since 1970."""

    examples = [
        {
            "type": "welcome",
            "seat": "00112233445566aa",
            "room": _ROOM,
            "seats": [_SEAT, _SEAT2],
            "chat": [_CHAT],
            "chat_earlier": False,
            "ice_servers": [{"urls": ["stun:localhost:3478"]}],
            "heartbeat": HEARTBEAT_SECONDS,
            "protocol": PROTOCOL_VERSION,
            "now": 1795000002.5,
        }
    ]
    seat: str
    room: Room
    seats: list[Seat]
    chat: list[ChatLine]
    chat_earlier: bool
    ice_servers: list[IceServer]
    heartbeat: int
    protocol: int
    now: float


class SeatJoined(ServerMessage, tag="seat.joined"):
    """A seat was taken, or resumed after it had expired."""

    examples = [{"type": "seat.joined", "seat": _SEAT2}]
    seat: Seat


class SeatUpdated(ServerMessage, tag="seat.updated"):
    """A seat changed. Ignore it if its `rev` is not higher than the one you have."""

    examples = [{"type": "seat.updated", "seat": {**_SEAT2, "mic": False, "rev": 2}}]
    seat: Seat


class SeatLeft(ServerMessage, tag="seat.left"):
    """A seat ended. Remember its id and `rev`: messages about it that arrive later are outdated, unless their `rev` is
    higher."""

    examples = [{"type": "seat.left", "id": "ffeeddccbbaa9988", "reason": "left", "rev": 3}]
    id: str
    reason: LeftReason
    rev: int


class SignalFrom(ServerMessage, tag="signal"):
    """A relayed signal. `from` is set by the server; `epochs` are as the sender wrote them."""

    examples = [
        {
            "type": "signal",
            "from": "ffeeddccbbaa9988",
            "epochs": [1, 1],
            "data": {"description": {"type": "offer", "sdp": "v=0\r\n"}},
        }
    ]
    sender: str = msgspec.field(name="from")
    epochs: tuple[int, int]
    data: msgspec.Raw


class ChatSaid(ServerMessage, tag="chat"):
    """A chat message. Its author gets it, too: this is how a page learns that its message was stored."""

    examples = [{"type": "chat", "line": _CHAT}]
    line: ChatLine


class ChatLines(ServerMessage, tag="chat.lines"):
    """Answers `chat.earlier`, oldest first. `earlier`: whether there are lines before them."""

    examples = [{"type": "chat.lines", "lines": [{**_CHAT, "id": 3}], "earlier": False}]
    lines: list[ChatLine]
    earlier: bool


class Reacted(ServerMessage, tag="reaction"):
    """A person shows an emoji."""

    examples = [{"type": "reaction", "from": "ffeeddccbbaa9988", "emoji": "👍"}]
    sender: str = msgspec.field(name="from")
    emoji: str


class RoomUpdated(ServerMessage, tag="room.updated"):
    """The name of the room, its capacity, or how long its chat is kept changed."""

    examples = [{"type": "room.updated", "room": {**_ROOM, "name": "Monday", "rev": 2}}]
    room: Room


class Live(ServerMessage, tag="live"):
    """On /ws/live/: my rooms of the page that was asked for; replaces what was shown."""

    examples = [
        {
            "type": "live",
            "rooms": [{"slug": "abc-defg-hjk", "name": "Weekly", "open": True, "people": ["Ada"]}],
        }
    ]
    rooms: list[LiveRoom]


class LiveRoomChanged(ServerMessage, tag="live.room"):
    """On /ws/live/: one of my rooms changed."""

    examples = [
        {
            "type": "live.room",
            "room": {"slug": "abc-defg-hjk", "name": "Weekly", "open": True, "people": []},
        }
    ]
    room: LiveRoom


class Ack(ServerMessage, tag="ack"):
    """The message with this `ref` was carried out."""

    examples = [{"type": "ack", "ref": "c1"}]
    ref: str


class Pong(ServerMessage, tag="pong"):
    """Answers `ping`."""

    examples = [{"type": "pong"}]


class Error(ServerMessage, tag="error", omit_defaults=True, kw_only=True):
    """A message was refused; the socket stays open. `suggestion` is a free nickname (with `nickname_taken`), `to` the
    seat that could not be reached (with `undelivered`)."""

    examples = [
        {
            "type": "error",
            "code": "nickname_taken",
            "message": ERRORS["nickname_taken"],
            "suggestion": "Ada 2",
        }
    ]
    code: str
    message: str
    ref: str | None = None
    suggestion: str | None = None
    to: str | None = None


class Bye(ServerMessage, tag="bye", omit_defaults=True, kw_only=True):
    """The last message before the server closes the socket. `retry_in` is in seconds: rejoin after that time."""

    examples = [
        {"type": "bye", "code": "taken", "message": BYES["taken"][2], "action": "stop"},
        {
            "type": "bye",
            "code": "restarting",
            "message": BYES["restarting"][2],
            "action": "rejoin",
            "retry_in": 1.5,
        },
    ]
    code: str
    message: str
    action: ByeAction
    retry_in: float | None = None


SERVER_MESSAGES: tuple[type[ServerMessage], ...] = (
    RoomPeek,
    Welcome,
    SeatJoined,
    SeatUpdated,
    SeatLeft,
    SignalFrom,
    ChatSaid,
    ChatLines,
    Reacted,
    RoomUpdated,
    Live,
    LiveRoomChanged,
    Ack,
    Pong,
    Error,
    Bye,
)
