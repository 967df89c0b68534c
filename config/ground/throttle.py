"""Limits on how often one key, such as a client address, may do something."""

from __future__ import annotations

import time
from math import ceil
from typing import cast

from django.conf import settings
from limits import RateLimitItem
from limits.storage import MemoryStorage, Storage, storage_from_string
from limits.strategies import MovingWindowRateLimiter

from config.ground.cache import REDIS_TIMEOUTS, RedisFallback


class Throttle:
    """A moving window per key, counted in Redis for all processes, or in this process while Redis is away.

    ``rate`` is the limit, such as 30 per minute; ``name`` keeps its counts apart from those of other throttles.
    """

    def __init__(self, rate: RateLimitItem, name: str) -> None:
        self._rate, self._name = rate, name
        self._local = MovingWindowRateLimiter(MemoryStorage())
        self._shared = self._local
        if settings.REDIS_URL:
            storage = cast(Storage, storage_from_string(settings.REDIS_URL, **REDIS_TIMEOUTS))
            self._shared = MovingWindowRateLimiter(storage)
        self._fallback = RedisFallback()

    def hit(self, key: str) -> bool:
        """Count one hit and return True; False, and not counted, beyond the limit."""
        item = (self._rate, self._name, key)
        return self._fallback.call(lambda: self._shared.hit(*item), lambda: self._local.hit(*item))

    def retry_seconds(self, key: str) -> int:
        """Return the whole seconds, 1 at least, after which the oldest hit is forgotten."""
        item = (self._rate, self._name, key)
        stats = self._fallback.call(
            lambda: self._shared.get_window_stats(*item), lambda: self._local.get_window_stats(*item)
        )
        return max(1, ceil(stats.reset_time - time.time()))  # the library's clock
