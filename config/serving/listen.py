"""Where to listen, and the limits that hold at every server."""

from __future__ import annotations

import signal
import time
from dataclasses import dataclass
from pathlib import Path

from rooms import protocol

# As many may knock at once when a restarted server opens its door again.
BACKLOG = 2048
# Above the app's own limit, so that the app can answer a frame that is too large.
MAX_MESSAGE_BYTES = 2 * protocol.FRAME_BYTES
PING_SECONDS = 15
STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)

# Who sends a request a letter at a time would hold a connection for as long as they like.
REQUEST_SECONDS = 10
# Who does not take what waits for them in so long is cut off: it fills our memory.
UNREAD_SECONDS = 8
# For the other side's half of the closing handshake, behind what it has still to read.
CLOSE_SECONDS = 5
# The app counts messages and says so when they are too many. These are the frames it never sees: pings, and
# the fragments of a message that never ends.
FRAMES_AT_ONCE = 10 * protocol.FRAMES_BURST
FRAMES_SECONDS = 10


@dataclass(frozen=True, slots=True)
class ListenAddress:
    """An address, and the PEM files for https without a proxy."""

    host: str
    port: int
    certificate: Path | None = None
    key: Path | None = None


class FloodDetector:
    """Counts the frames of one connection; more than FRAMES_AT_ONCE in FRAMES_SECONDS are a flood."""

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
