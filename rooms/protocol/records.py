"""Records within messages, and the constrained types of fields."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from rooms.protocol.limits import REF_MAX

LINE_ID_MAX = 2**63 - 1  # what a BIGINT column can hold; not a limit for pages, whose numbers are smaller

Role = Literal["host", "member"]
LeftReason = Literal["left", "expired", "removed", "closed"]
ByeAction = Literal["rejoin", "stop"]
ModerationAct = Literal["remove", "spotlight"]

Ref = Annotated[str, Meta(min_length=1, max_length=REF_MAX, pattern="^[^\x00]+$")]  # PostgreSQL keeps no NUL
SeatId = Annotated[str, Meta(min_length=16, max_length=16, pattern="^[0-9a-f]+$")]
Key = Annotated[str, Meta(min_length=32, max_length=64, pattern="^[0-9a-f]+$")]
Page = Annotated[str, Meta(min_length=8, max_length=32, pattern="^[0-9a-f]+$")]
Attempt = Annotated[int, Meta(ge=1, le=2**31 - 1)]
LineId = Annotated[int, Meta(ge=1, le=LINE_ID_MAX)]
ListPage = Annotated[int, Meta(ge=1, le=1_000_000)]
Epoch = Annotated[int, Meta(ge=0, le=2**31 - 1)]


class Wire(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Base of all messages and records. Unknown fields are refused."""


class Seat(Wire):
    """A person's seat in a room, as everybody in the room sees it."""

    id: str
    nickname: str
    role: Role
    guest: bool
    mic: bool
    cam: bool
    screen: bool
    hand: float | None  # when it was raised, seconds since 1970 by the server's clock
    spotlight: bool  # a host shows this person large to everybody; at most one per room
    joined_at: float  # seconds since 1970 by the server's clock
    away: bool
    epoch: int
    rev: int


class Room(Wire):
    """A room, as the people in it see it."""

    slug: str
    name: str
    capacity: int
    chat_days: int  # how many days its chat is kept; 0: until everybody has left
    rev: int


class ChatLine(Wire):
    """A chat message, with nicknames as of sending. `to` and `to_nickname` are null for a message to the whole room."""

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
    """A room in a list of rooms, with the nicknames of the people inside."""

    slug: str
    name: str
    open: bool
    people: list[str]


RECORDS: tuple[type[Wire], ...] = (Seat, Room, ChatLine, IceServer, LiveRoom)
