"""Messages from a page to the server."""

from __future__ import annotations

from typing import Any, ClassVar

import msgspec
from msgspec import UNSET, UnsetType

from rooms.protocol.records import Attempt, Epoch, Key, LineId, ListPage, ModerationAct, Page, Ref, SeatId, Wire


class ClientMessage(Wire, tag_field="type", kw_only=True):
    """Base of all messages to the server. With ``ref``, the answer (``ack`` or ``error``) carries the same one."""

    examples: ClassVar[list[dict[str, Any]]] = []
    ref: Ref | UnsetType = UNSET


class Peek(ClientMessage, tag="peek"):
    """Subscribes, from the green room, to who is inside, for PEEK_SECONDS at most. Takes no seat."""

    examples = [{"type": "peek"}]


class Hello(ClientMessage, tag="hello"):
    """Takes a seat, or resumes the one that `key` holds. Of two with the same `key`, the higher `attempt` wins."""

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
    """Asks to relay `data`, unchanged, to one seat of the room. `epochs` is [of my seat, of the other seat]."""

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
    """Changes my own switches; sent again after a resume. Fields that are left out stay as they are. A hand that is
    raised again within HAND_UNDO_SECONDS keeps its place."""

    examples = [{"type": "state", "mic": False}, {"type": "state", "hand": True, "ref": "s1"}]
    mic: bool | UnsetType = UNSET
    cam: bool | UnsetType = UNSET
    screen: bool | UnsetType = UNSET
    hand: bool | UnsetType = UNSET


class Nickname(ClientMessage, tag="nickname"):
    """Changes the nickname of my seat. Refused like that of `hello`, with a `suggestion` if it is taken."""

    examples = [{"type": "nickname", "nickname": "Ada L.", "ref": "n1"}]
    nickname: str


class Chat(ClientMessage, tag="chat"):
    """Sends a chat message to the room, or to one seat. Unique by seat and `ref`, so it is safe to send again."""

    examples = [{"type": "chat", "text": "Hello", "ref": "c1"}]
    text: str
    to: SeatId | UnsetType = UNSET


class ChatEarlier(ClientMessage, tag="chat.earlier"):
    """Asks for the lines that came before the one with the id `before`: CHAT_HISTORY of them, or fewer that take
    CHAT_HISTORY_BYTES."""

    examples = [{"type": "chat.earlier", "before": 7, "ref": "c2"}]
    before: LineId


class Reaction(ClientMessage, tag="reaction"):
    """Shows everybody an emoji for a moment, one of REACTIONS."""

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
    """Asks for `welcome` again: a new snapshot and new TURN credentials."""

    examples = [{"type": "sync"}]


class Ping(ClientMessage, tag="ping"):
    """Heartbeat, every HEARTBEAT_SECONDS."""

    examples = [{"type": "ping"}]


class Leave(ClientMessage, tag="leave"):
    """Leaves the meeting: the seat ends at once."""

    examples = [{"type": "leave"}]


class Subscribe(ClientMessage, tag="subscribe"):
    """On /ws/live/: ROOMS_PER_PAGE of my rooms, newest first, and who is inside, a snapshot first. The last counts."""

    examples = [{"type": "subscribe"}, {"type": "subscribe", "list_page": 2}]
    list_page: ListPage | UnsetType = UNSET


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
