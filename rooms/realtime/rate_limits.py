"""Limits of sockets: how many frames one may send, and how many may be open per key."""

from __future__ import annotations

from config.ground.clock import clock
from rooms.protocol import FRAMES_BURST, FRAMES_PER_SECOND

# A busy page never has this many frames refused; beyond it the socket is closed.
EXCESS_LIMIT = FRAMES_BURST


class TokenBucket:
    """Limits frames to FRAMES_PER_SECOND, with bursts of FRAMES_BURST.

    ``excess`` counts the refused frames since the bucket was last full. Not those in a row: in a flood, too, one frame
    gets through whenever a token comes.
    """

    __slots__ = ("_tokens", "_at", "excess")

    def __init__(self) -> None:
        self._tokens = float(FRAMES_BURST)
        self._at = clock.seconds()
        self.excess = 0

    def take(self) -> bool:
        """Return whether one more frame is within the limit."""
        now = clock.seconds()
        self._tokens = min(FRAMES_BURST, self._tokens + max(0.0, now - self._at) * FRAMES_PER_SECOND)
        self._at = now
        if self._tokens == FRAMES_BURST:
            self.excess = 0
        if self._tokens < 1:
            self.excess += 1
            return False
        self._tokens -= 1
        return True

    @property
    def is_flooded(self) -> bool:
        return self.excess > EXCESS_LIMIT


class ConnectionLimit:
    """Limits the sockets that one key, an address or a person, has open at this process."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._open: dict[str, int] = {}

    def acquire(self, key: str) -> bool:
        """Count one more socket; False, and not counted, when the key has too many already."""
        count = self._open.get(key, 0)
        if count >= self._most:
            return False
        self._open[key] = count + 1
        return True

    def release(self, key: str) -> None:
        self._open[key] -= 1
        if not self._open[key]:
            del self._open[key]
