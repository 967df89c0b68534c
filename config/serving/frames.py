"""Counts WebSocket frames in a stream of bytes (RFC 6455 section 5.2)."""

from __future__ import annotations

import struct

HEAD_BYTES, MASK_BYTES = 2, 4
MASKED, LENGTH = 0x80, 0x7F
LENGTH_16 = 126  # the length is in the next 16 bits; 127: in the next 64


class FrameScanner:
    """Finds the heads of frames and skips their payloads, across reads."""

    __slots__ = ("_begun", "_skip")

    def __init__(self) -> None:
        self._begun = b""  # the part of a head that has come
        self._skip = 0  # bytes of payload that are still to come

    def count(self, data: bytes) -> int:
        """How many frames begin in ``data``, the next bytes of the stream; frames count once their length is known."""
        if self._begun:
            data = self._begun + data
            self._begun = b""
        frames, position, end = 0, self._skip, len(data)
        while position < end:
            length = _frame_length(data, position)
            if not length:
                self._begun = data[position:]
                position = end
            else:
                frames += 1
                position += length
        self._skip = position - end
        return frames


def _frame_length(data: bytes, at: int) -> int:
    """Of the frame whose head is at ``at``, with its head; 0 while too little of the head has come."""
    rest = len(data) - at
    if rest < HEAD_BYTES:
        return 0
    second = data[at + 1]
    masked = MASK_BYTES if second & MASKED else 0
    length = second & LENGTH
    if length < LENGTH_16:
        return HEAD_BYTES + masked + length
    size, form = (2, ">H") if length == LENGTH_16 else (8, ">Q")
    if rest < HEAD_BYTES + size:
        return 0
    return HEAD_BYTES + size + masked + int(struct.unpack_from(form, data, at + HEAD_BYTES)[0])
