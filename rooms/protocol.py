"""The wire between a meeting page and the server, written down once.

Every frame is one JSON object tagged by ``type``. A class here is one message; its docstring is its
row in docs/protocol.md, its ``examples`` are replayed by the Python tests through the consumer and by
the JavaScript tests through the reducer. ``manage.py render_protocol`` writes static/js/protocol.js
and the tables of docs/protocol.md from this module.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

PROTOCOL_VERSION = 1

# Limits both sides know. Sizes of text are in code points, of frames and data in bytes.
FRAME_BYTES = 64 * 1024
SIGNAL_BYTES = 32 * 1024
NICKNAME_MAX = 40
CHAT_MAX = 2000
CHAT_HISTORY = 200
REF_MAX = 64
FRAMES_PER_SECOND = 50
FRAMES_BURST = 200
ROOM_NAME_MAX = 80
CAPACITY_DEFAULT = 6
CAPACITY_MAX = 8
HEARTBEAT_SECONDS = 8
HELLO_SECONDS = 10
PEEK_SECONDS = 15 * 60
RESUME_SECONDS = 10 * 60
HAND_UNDO_SECONDS = 20
CANDIDATE_BATCH_MS = 50
SIGNAL_BACKLOG_BYTES = 4 * 1024 * 1024

LIMITS: dict[str, int] = {
    name: value for name, value in list(globals().items()) if name.isupper() and type(value) is int
}

REACTIONS = ("👍", "❤️", "😂", "🎉", "👏", "😮")

ERRORS: dict[str, str] = {
    "bad_message": "That message could not be read.",
    "too_large": "That message is too long.",
    "too_many": "Too many messages at once. Please slow down.",
    "not_joined": "Join the meeting first.",
    "already_joined": "You are already in the meeting.",
    "nickname_invalid": "Please enter a name of 1 to 40 characters.",
    "nickname_taken": "Someone here already uses that name.",
    "room_full": "This meeting is full.",
    "not_allowed": "You are not allowed to do that.",
    "no_such_seat": "That person is no longer in the meeting.",
    "undelivered": "That person could not be reached just now.",
    "try_again": "The server is busy. Trying again in a moment.",
}

# code -> (WebSocket close code, what the page should do, sentence). Whether to come back is decided
# by the action alone, never by the close code.
BYES: dict[str, tuple[int, Literal["rejoin", "stop"], str]] = {
    "left": (1000, "stop", "You left the meeting."),
    "protocol": (4400, "stop", "This page and the server do not understand each other. Reload the page."),
    "no_session": (4401, "stop", "Your browser sent no cookie. Allow cookies for this site, then reload."),
    "signed_out": (4401, "stop", "You are signed out. To come back, open the meeting's link again."),
    "not_allowed": (4403, "stop", "You cannot join this meeting."),
    "removed": (4403, "stop", "You were removed from the meeting."),
    "no_such_room": (4404, "stop", "There is no open meeting at this link."),
    "closed": (4404, "stop", "This meeting was closed."),
    "idle": (4408, "stop", "This page was open for a long time. Reload it to join."),
    "too_slow": (4408, "rejoin", "Your connection could not keep up."),
    "unheard": (4408, "rejoin", "Nothing was heard from this page for a while."),
    "taken": (4409, "stop", "You joined this meeting from another tab or device."),
    "too_many": (4429, "rejoin", "That was too much at once. Trying again in a moment."),
    "restarting": (1012, "rejoin", "The server is restarting. You can still be heard."),
    "try_again": (1013, "rejoin", "The server is busy. Trying again in a moment."),
}

LINE_ID_MAX = 2**63 - 1  # what a column of ids can hold; not a limit for pages, whose numbers are smaller

Role = Literal["host", "member"]
LeftReason = Literal["left", "expired", "removed", "closed"]
ByeAction = Literal["rejoin", "stop"]

Ref = Annotated[str, Meta(min_length=1, max_length=REF_MAX, pattern="^[^\x00]+$")]  # PostgreSQL keeps no NUL
SeatId = Annotated[str, Meta(min_length=16, max_length=16, pattern="^[0-9a-f]+$")]
Key = Annotated[str, Meta(min_length=32, max_length=64, pattern="^[0-9a-f]+$")]
Page = Annotated[str, Meta(min_length=8, max_length=32, pattern="^[0-9a-f]+$")]
Slug = Annotated[str, Meta(min_length=1, max_length=32)]
Attempt = Annotated[int, Meta(ge=1, le=2**31 - 1)]
LineId = Annotated[int, Meta(ge=1, le=LINE_ID_MAX)]
Epoch = Annotated[int, Meta(ge=0, le=2**31 - 1)]


class Wire(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Shared by everything on the wire: unknown fields are refused."""


class Seat(Wire):
    """A nicknamed person's place in a room, as everybody in the room sees it."""

    id: str
    nickname: str
    role: Role
    guest: bool
    mic: bool
    cam: bool
    screen: bool
    hand: float | None  # when raised: seconds since 1970 by the server's clock
    spotlight: bool  # a host shows this person large to everybody; one of a room at most
    joined_at: float  # seconds since 1970 by the server's clock
    away: bool
    epoch: int
    rev: int


class Room(Wire):
    """What the people of a room know of it."""

    slug: str
    name: str
    capacity: int
    chat_days: int  # how long its chat stays; 0: until everybody has left
    rev: int


class ChatLine(Wire):
    """One line of chat, with names as they were. `to` and `to_nickname` are null for a line to the whole room."""

    id: int
    seat: str
    nickname: str
    text: str
    to: str | None
    to_nickname: str | None
    sent_at: float
    ref: str | None


class IceServer(Wire, omit_defaults=True, kw_only=True):
    """An RTCIceServer (W3C WebRTC 4.2.4)."""

    urls: list[str]
    username: str = ""
    credential: str = ""


class LiveRoom(Wire):
    """A room on a page that shows what is live."""

    slug: str
    name: str
    open: bool
    people: list[str]


# --- what a client sends -------------------------------------------------------------------------


class ClientMessage(Wire, tag_field="type", kw_only=True):
    """Any client message may carry ``ref``; it comes back in the ``ack`` or ``error``."""

    examples: ClassVar[list[dict[str, Any]]] = []
    ref: Ref | UnsetType = UNSET


class Peek(ClientMessage, tag="peek"):
    """From the green room: who is inside, kept up to date. Takes no seat; 15 minutes at most."""

    examples = [{"type": "peek"}]


class Hello(ClientMessage, tag="hello"):
    """Takes a seat, or resumes the one that `key` holds. The higher `attempt` wins a key."""

    examples = [
        {
            "type": "hello",
            "key": "0f" * 16,
            "page": "a1b2c3d4",
            "attempt": 1,
            "nickname": "Ada",
            "mic": True,
            "cam": False,
        }
    ]
    key: Key
    page: Page
    attempt: Attempt
    nickname: str
    mic: bool
    cam: bool


class Signal(ClientMessage, tag="signal"):
    """Relays `data` untouched to one seat of the room. `epochs` is [my seat's, the other seat's]."""

    examples = [
        {
            "type": "signal",
            "to": "00112233445566aa",
            "epochs": [1, 1],
            "data": {"description": {"type": "offer", "sdp": "v=0\r\n"}},
        }
    ]
    to: SeatId
    epochs: tuple[Epoch, Epoch]
    data: msgspec.Raw


class State(ClientMessage, tag="state"):
    """My own switches; sent again after a resume. Fields left out stay as they are. A hand that goes up again
    within HAND_UNDO_SECONDS has the place that it had."""

    examples = [{"type": "state", "mic": False}, {"type": "state", "hand": True, "ref": "s1"}]
    mic: bool | UnsetType = UNSET
    cam: bool | UnsetType = UNSET
    screen: bool | UnsetType = UNSET
    hand: bool | UnsetType = UNSET


class Nickname(ClientMessage, tag="nickname"):
    """Another nickname for my seat. Refused like that of `hello`, with a `suggestion` where it is taken."""

    examples = [{"type": "nickname", "nickname": "Ada L.", "ref": "n1"}]
    nickname: str


class Chat(ClientMessage, tag="chat"):
    """A line to the room, or to one seat. Unique by seat and `ref`, so sending again is safe."""

    examples = [{"type": "chat", "text": "Hello", "ref": "c1"}]
    text: str
    to: SeatId | UnsetType = UNSET


class ChatEarlier(ClientMessage, tag="chat.earlier"):
    """Asks for the CHAT_HISTORY lines that came before the one with the id `before`."""

    examples = [{"type": "chat.earlier", "before": 7, "ref": "c2"}]
    before: LineId


class Reaction(ClientMessage, tag="reaction"):
    """A short-lived emoji, one of REACTIONS."""

    examples = [{"type": "reaction", "emoji": "👍"}]
    emoji: str


class Moderate(ClientMessage, tag="moderate"):
    """Hosts only: `remove` ends a seat for good, the person cannot come back."""

    examples = [{"type": "moderate", "action": "remove", "seat": "00112233445566aa"}]
    action: Literal["remove"]
    seat: SeatId


class Spotlight(ClientMessage, tag="spotlight"):
    """Hosts only: this person is shown large to everybody, instead of whoever was; null ends it."""

    examples = [{"type": "spotlight", "seat": "00112233445566aa"}, {"type": "spotlight", "seat": None}]
    seat: SeatId | None


class Sync(ClientMessage, tag="sync"):
    """Asks for `welcome` again: a fresh snapshot and fresh TURN credentials."""

    examples = [{"type": "sync"}]


class Ping(ClientMessage, tag="ping"):
    """Heartbeat, every HEARTBEAT_SECONDS."""

    examples = [{"type": "ping"}]


class Leave(ClientMessage, tag="leave"):
    """A real goodbye: the seat ends at once."""

    examples = [{"type": "leave"}]


class Subscribe(ClientMessage, tag="subscribe"):
    """On /ws/live/: my rooms and who is inside, a snapshot first."""

    examples = [{"type": "subscribe"}]


# --- what the server sends -----------------------------------------------------------------------


class ServerMessage(Wire, tag_field="type"):
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
    """What a peeking person may know. `inside` counts everybody; names only if they could walk in."""

    examples = [{"type": "room", "room": _ROOM, "nicknames": ["Grace"], "inside": 1}]
    room: Room
    nicknames: list[str]
    inside: int


class Welcome(ServerMessage, tag="welcome"):
    """The full snapshot, first thing after `hello` and again after `sync`. `seat` is mine."""

    examples = [
        {
            "type": "welcome",
            "seat": "00112233445566aa",
            "room": _ROOM,
            "seats": [_SEAT, _SEAT2],
            "chat": [_CHAT],
            "ice_servers": [{"urls": ["stun:localhost:3478"]}],
            "heartbeat": HEARTBEAT_SECONDS,
            "protocol": PROTOCOL_VERSION,
        }
    ]
    seat: str
    room: Room
    seats: list[Seat]
    chat: list[ChatLine]
    ice_servers: list[IceServer]
    heartbeat: int
    protocol: int


class SeatJoined(ServerMessage, tag="seat.joined"):
    """Somebody sat down."""

    examples = [{"type": "seat.joined", "seat": _SEAT2}]
    seat: Seat


class SeatUpdated(ServerMessage, tag="seat.updated"):
    """A seat changed; ignore it if its `rev` is not newer than the one you have."""

    examples = [{"type": "seat.updated", "seat": {**_SEAT2, "mic": False, "rev": 2}}]
    seat: Seat


class SeatLeft(ServerMessage, tag="seat.left"):
    """A seat ended. Remember the id: later news of it is old news, unless its `rev` is higher."""

    examples = [{"type": "seat.left", "id": "ffeeddccbbaa9988", "reason": "left", "rev": 3}]
    id: str
    reason: LeftReason
    rev: int


class SignalFrom(ServerMessage, tag="signal"):
    """A relayed signal. `from` is stamped by the server. `epochs` as the sender wrote them."""

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
    """A line of chat, to the sender too: that is how a page learns of its own line."""

    examples = [{"type": "chat", "line": _CHAT}]
    line: ChatLine


class ChatLines(ServerMessage, tag="chat.lines"):
    """Answers `chat.earlier`, oldest first. Fewer than CHAT_HISTORY: there is nothing before them."""

    examples = [{"type": "chat.lines", "lines": [{**_CHAT, "id": 3}]}]
    lines: list[ChatLine]


class Reacted(ServerMessage, tag="reaction"):
    """Somebody reacted."""

    examples = [{"type": "reaction", "from": "ffeeddccbbaa9988", "emoji": "👍"}]
    sender: str = msgspec.field(name="from")
    emoji: str


class RoomUpdated(ServerMessage, tag="room.updated"):
    """The room's name, its capacity or what becomes of its chat changed."""

    examples = [{"type": "room.updated", "room": {**_ROOM, "name": "Monday", "rev": 2}}]
    room: Room


class Live(ServerMessage, tag="live"):
    """On /ws/live/: all my rooms; replaces what was shown."""

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
    """The message with that `ref` is done."""

    examples = [{"type": "ack", "ref": "c1"}]
    ref: str


class Pong(ServerMessage, tag="pong"):
    """Answers `ping`."""

    examples = [{"type": "pong"}]


class Error(ServerMessage, tag="error", omit_defaults=True, kw_only=True):
    """A message was refused; the socket stays. `suggestion` is a free nickname with `nickname_taken`,
    `to` the seat that could not be reached with `undelivered`."""

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
    """Last message before the server closes. `retry_in`: seconds to wait before coming back."""

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


RoomClientMessage = (
    Peek
    | Hello
    | Signal
    | State
    | Nickname
    | Chat
    | ChatEarlier
    | Reaction
    | Moderate
    | Spotlight
    | Sync
    | Ping
    | Leave
)
LiveClientMessage = Subscribe | Ping

CLIENT_MESSAGES: tuple[type[ClientMessage], ...] = (
    Peek,
    Hello,
    Signal,
    State,
    Nickname,
    Chat,
    ChatEarlier,
    Reaction,
    Moderate,
    Spotlight,
    Sync,
    Ping,
    Leave,
    Subscribe,
)
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
RECORDS: tuple[type[Wire], ...] = (Seat, Room, ChatLine, IceServer, LiveRoom)

_encoder = msgspec.json.Encoder()
_decoders = {
    "room": msgspec.json.Decoder(RoomClientMessage),
    "live": msgspec.json.Decoder(LiveClientMessage),
}


class Refused(Exception):
    """A client message that is refused; ``code`` is one of ERRORS."""

    def __init__(self, code: str, message: str = "", *, suggestion: str | None = None, to: str | None = None) -> None:
        self.code = code
        self.message = message or ERRORS[code]
        self.suggestion = suggestion
        self.to = to
        super().__init__(self.message)

    def error(self, ref: str | UnsetType | None = None) -> Error:
        return Error(
            code=self.code,
            message=self.message,
            ref=ref or None,
            suggestion=self.suggestion,
            to=self.to,
        )


def bye(code: str, *, retry_in: float | None = None) -> Bye:
    """The last message for ``code``, one of BYES."""
    _, action, message = BYES[code]
    return Bye(code=code, message=message, action=action, retry_in=retry_in)


def encode(message: ServerMessage) -> str:
    """The text frame of a server message."""
    return _encoder.encode(message).decode()


def decode(frame: str, socket: Literal["room", "live"]) -> Any:
    """The typed message in a client's text frame.

    Raises Refused: ``too_large`` over FRAME_BYTES or SIGNAL_BYTES, ``bad_message`` for anything that
    is not exactly one of the messages of that socket.
    """
    if len(frame) > FRAME_BYTES or (len(frame) * 4 > FRAME_BYTES and len(frame.encode()) > FRAME_BYTES):
        raise Refused("too_large")
    try:
        message = _decoders[socket].decode(frame)
    except (msgspec.MsgspecError, ValueError, RecursionError) as problem:
        raise Refused("bad_message", f"{ERRORS['bad_message']} ({problem})") from None
    if type(message) is Signal and len(bytes(message.data)) > SIGNAL_BYTES:
        raise Refused("too_large")
    return message
