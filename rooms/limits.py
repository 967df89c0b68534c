"""How much one socket may say, how many there may be, and how often an address may try."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from limits import RateLimitItem
from limits.storage import MemoryStorage, Storage, storage_from_string
from limits.strategies import MovingWindowRateLimiter

from config.cache import IMPATIENT, Substitute
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


class Throttle:
    """So many times in so much time for each key, counted in Redis, or here while that is away."""

    def __init__(self, rate: RateLimitItem, name: str) -> None:
        self._rate, self._name = rate, name
        self._here = MovingWindowRateLimiter(MemoryStorage())
        self._shared = self._here
        if settings.REDIS_URL:
            storage = cast(Storage, storage_from_string(settings.REDIS_URL, **IMPATIENT))
            self._shared = MovingWindowRateLimiter(storage)
        self._substitute = Substitute()

    def test(self, key: str) -> bool:
        """Whether one more would be within the limit."""
        of = (self._rate, self._name, key)
        return self._substitute.ask(lambda: self._shared.test(*of), lambda: self._here.test(*of))

    def hit(self, key: str) -> None:
        of = (self._rate, self._name, key)
        self._substitute.ask(lambda: self._shared.hit(*of), lambda: self._here.hit(*of))


class Crowd:
    """How many sockets each address, or each person, has open at this process."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._inside: dict[str, int] = {}

    def enter(self, key: str) -> bool:
        """Whether there was room for one more."""
        inside = self._inside.get(key, 0)
        if inside >= self._most:
            return False
        self._inside[key] = inside + 1
        return True

    def leave(self, key: str) -> None:
        self._inside[key] -= 1
        if not self._inside[key]:
            del self._inside[key]
