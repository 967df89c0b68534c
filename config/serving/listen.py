"""The address to listen on, and the limits that both servers share."""

from __future__ import annotations

import signal
import time
from dataclasses import dataclass
from pathlib import Path

from rooms import protocol

# After a restart all pages reconnect at once.
BACKLOG = 2048
# Above the application's own limit, so that it can answer a message that is too large.
MAX_MESSAGE_BYTES = 2 * protocol.FRAME_BYTES
PING_SECONDS = 15
STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)

# A client that sends its request a byte at a time could hold a connection for as long as it likes (Slowloris).
REQUEST_SECONDS = 10
# A client that does not read what waits for it for so long is cut off: unread data fills our memory.
UNREAD_SECONDS = 8
# For the other side's half of the closing handshake, which comes after what it has still to read.
CLOSE_SECONDS = 5
# The application counts messages and answers when they are too many. It never sees pings or the fragments of a message
# that never ends, so frames are counted here.
FRAMES_AT_ONCE = 10 * protocol.FRAMES_BURST
FRAMES_SECONDS = 10


@dataclass(frozen=True, slots=True)
class ListenAddress:
    """A host and port, and the PEM files for https without a proxy."""

    host: str
    port: int
    certificate: Path | None = None
    key: Path | None = None


class FloodDetector:
    """Counts the frames of one connection: more than FRAMES_AT_ONCE within FRAMES_SECONDS are a flood."""

    __slots__ = ("_count", "_since")

    def __init__(self) -> None:
        self._count, self._since = 0, time.monotonic()

    def is_flood(self, frames: int = 1) -> bool:
        self._count += frames
        if self._count <= FRAMES_AT_ONCE:
            return False
        now = time.monotonic()
        if now - self._since < FRAMES_SECONDS:
            return True
        self._count, self._since = 0, now
        return False
