"""Encoding and decoding of frames."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from rooms.protocol.client import LiveClientMessage, RoomClientMessage, Signal
from rooms.protocol.codes import ERRORS
from rooms.protocol.deprecated import decode_deprecated
from rooms.protocol.limits import FRAME_BYTES, SIGNAL_BYTES
from rooms.protocol.records import Wire
from rooms.protocol.refusals import Refused
from rooms.protocol.server import ServerMessage

SocketKind = Literal["room", "live"]

_encoder = msgspec.json.Encoder()
_decoders: dict[SocketKind, msgspec.json.Decoder[Any]] = {
    "room": msgspec.json.Decoder(RoomClientMessage),
    "live": msgspec.json.Decoder(LiveClientMessage),
}


def encode(message: ServerMessage) -> str:
    """Return the text frame of a server message."""
    return _encoder.encode(message).decode()


def size(record: Wire) -> int:
    """Return how many bytes a record takes in a frame."""
    return len(_encoder.encode(record))


def decode(frame: str, socket: SocketKind) -> Any:
    """Return the typed message in a client's text frame.

    Raises Refused: ``too_large`` over FRAME_BYTES or SIGNAL_BYTES, ``bad_message`` for anything that is not exactly
    one of the messages of that socket.
    """
    if len(frame) > FRAME_BYTES or (len(frame) * 4 > FRAME_BYTES and len(frame.encode()) > FRAME_BYTES):
        raise Refused("too_large")
    try:
        message = _decoders[socket].decode(frame)
    except (msgspec.MsgspecError, ValueError, RecursionError) as problem:
        if socket == "room" and (translated := decode_deprecated(frame)):
            return translated
        raise Refused("bad_message", f"{ERRORS['bad_message']} ({problem})") from None
    if type(message) is Signal and len(bytes(message.data)) > SIGNAL_BYTES:
        raise Refused("too_large")
    return message
