"""Messages that a client sends."""

from __future__ import annotations

from typing import Any, ClassVar

import msgspec
from msgspec import UNSET, UnsetType

from rooms.protocol.records import Attempt, Epoch, Key, LineId, ModerationAct, Page, Ref, SeatId, Wire


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
    """Hosts only: one act on a person. `remove` ends all their seats in the room for good, also one that has just
    expired, and they cannot come back under the same account or in the same browser session; signed out or in a
    private window they can. `spotlight` shows them large to everyone instead of the person before, or ends the
    spotlight where `seat` is null."""

    examples = [
        {"type": "moderate", "act": "remove", "seat": "00112233445566aa"},
        {"type": "moderate", "act": "spotlight", "seat": "00112233445566aa"},
        {"type": "moderate", "act": "spotlight", "seat": None},
    ]
    act: ModerationAct
    seat: SeatId | None | UnsetType = UNSET


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


RoomClientMessage = (
    Peek | Hello | Signal | State | Nickname | Chat | ChatEarlier | Reaction | Moderate | Sync | Ping | Leave
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
    Sync,
    Ping,
    Leave,
    Subscribe,
)
