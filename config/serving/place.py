"""Where to listen, and the limits that hold at every server."""

from __future__ import annotations

import signal
from dataclasses import dataclass
from pathlib import Path

from rooms import protocol

# As many may knock at once when a restarted server opens its door again.
BACKLOG = 2048
# Above the app's own limit, so that the app can answer a frame that is too large.
MAX_MESSAGE_BYTES = 2 * protocol.FRAME_BYTES
PING_SECONDS = 15
STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)


@dataclass(frozen=True, slots=True)
class Place:
    """An address, and the PEM files for https without a proxy."""

    host: str
    port: int
    certificate: Path | None = None
    key: Path | None = None
