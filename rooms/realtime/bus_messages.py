"""The messages between processes: one tagged union, as on the wire."""

from __future__ import annotations

from typing import Any

import msgspec

ACCOUNTS_TOPIC = "accounts"


def room_topic(room_id: int) -> str:
    """Return the topic of one room's events, followed by processes with sockets in it."""
    return f"room.{room_id}"


def owner_topic(owner_id: int) -> str:
    """Return the topic of one owner's room list, followed by processes with sockets that show it."""
    return f"owner.{owner_id}"


class BusMessage(msgspec.Struct, tag_field="kind", kw_only=True):
    """Base of the messages between processes. Unknown fields are ignored, so that a newer process may add some."""


class Deliver(BusMessage, tag="deliver"):
    """Deliver ``frame``, an encoded server message, to an audience of the room: ROOM, EVERYONE or a seat id."""

    room: int
    owner: int
    to: str
    frame: str


class SeatTaken(BusMessage, tag="seat.taken"):
    """The seat ``held`` was taken with this ``rev``: sockets that hold an older one are closed."""

    room: int
    held: str
    rev: int


class RoomListChanged(BusMessage, tag="rooms.changed"):
    """Something changed in the rooms of this owner."""

    owner: int


class SignedOut(BusMessage, tag="signed.out"):
    """Close the sockets of an account; ``session`` is the guest id of one session, or "" for all without ``but``."""

    user: int
    session: str
    but: str = ""


_AnyMessage = Deliver | SeatTaken | RoomListChanged | SignedOut


def encode(message: BusMessage) -> dict[str, Any]:
    """Return a message as a plain dict, for the channel layer."""
    fields: dict[str, Any] = msgspec.to_builtins(message)
    return fields


def decode(topic: str, fields: dict[str, Any]) -> BusMessage:
    """Return the typed message. Raises msgspec.ValidationError."""
    if "kind" not in fields:
        fields = _upgrade(topic, fields)
    message: BusMessage = msgspec.convert(fields, _AnyMessage)
    return message


def _upgrade(topic: str, fields: dict[str, Any]) -> dict[str, Any]:
    """Add the fields that processes of the previous release leave out: a rolling restart runs both side by side."""
    if topic == ACCOUNTS_TOPIC:
        return {"kind": "signed.out", **fields}
    if topic.startswith("owner."):
        return {"kind": "rooms.changed", **fields}
    if "held" in fields:
        return {"kind": "seat.taken", "room": int(topic.removeprefix("room.")), **fields}
    return {"kind": "deliver", **fields}
