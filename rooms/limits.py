"""How much one socket may say."""

from __future__ import annotations

from rooms.clock import clock
from rooms.protocol import FRAMES_BURST, FRAMES_PER_SECOND

# Who goes on for so many refused frames is not a page that was only busy.
EXCESS_LIMIT = FRAMES_BURST


class TokenBucket:
    """FRAMES_PER_SECOND, and FRAMES_BURST at once."""

    __slots__ = ("_tokens", "_at", "excess")

    def __init__(self) -> None:
        self._tokens = float(FRAMES_BURST)
        self._at = clock.seconds()
        self.excess = 0

    def take(self) -> bool:
        """Whether one more frame is within the limit; ``excess`` counts those that were not since it last was quiet.

        Not those in a row: in a flood, too, one frame gets through as often as a token comes.
        """
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
