"""Limits on how often one key, such as a client address, may do something."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from math import ceil
from threading import Lock
from typing import cast

from django.conf import settings
from limits import RateLimitItem
from limits.storage import Storage, storage_from_string
from limits.strategies import MovingWindowRateLimiter

from config.ground.cache import REDIS_TIMEOUTS, RedisFallback

# Keys that one process keeps for one limit, about half a kilobyte each.
LOCAL_KEYS_MAX = 100_000


class Throttle:
    """A moving window per key, counted in Redis for all processes, or in this process while Redis is away.

    ``rate`` is the limit, such as 30 per minute; ``name`` keeps its counts apart from those of other throttles.
    """

    def __init__(self, rate: RateLimitItem, name: str) -> None:
        self.rate, self._name = rate, name
        self._local = LocalWindows()
        self._shared: MovingWindowRateLimiter | None = None
        if settings.REDIS_URL:
            storage = cast(Storage, storage_from_string(settings.REDIS_URL, **REDIS_TIMEOUTS))
            self._shared = MovingWindowRateLimiter(storage)
        self._fallback = RedisFallback()

    def hit(self, key: str) -> bool:
        """Count one hit and return True; False, and not counted, beyond the limit."""
        shared = self._shared
        if shared is None:
            return self._local.hit(self.rate, key)
        return self._fallback.call(
            lambda: shared.hit(self.rate, self._name, key), lambda: self._local.hit(self.rate, key)
        )

    def waiting_seconds(self, key: str) -> int:
        """Return the whole seconds until one more hit is within the limit; 0 if it is now."""
        shared = self._shared
        if shared is None:
            return self._local.waiting_seconds(self.rate, key)
        return self._fallback.call(
            lambda: self._shared_seconds(shared, key), lambda: self._local.waiting_seconds(self.rate, key)
        )

    def retry_seconds(self, key: str) -> int:
        """Return the whole seconds, 1 at least, that a client waits whose hit was refused."""
        return max(1, self.waiting_seconds(key))

    def forget(self, key: str) -> None:
        """Forget the hits of the key."""
        shared = self._shared
        if shared is not None:
            self._fallback.call(lambda: shared.clear(self.rate, self._name, key), lambda: None)
        self._local.forget(key)

    def forget_local(self) -> None:
        """Forget what this process has counted by itself, for tests."""
        self._local = LocalWindows()

    def _shared_seconds(self, shared: MovingWindowRateLimiter, key: str) -> int:
        stats = shared.get_window_stats(self.rate, self._name, key)
        return 0 if stats.remaining > 0 else max(1, ceil(stats.reset_time - time.time()))  # the library's clock


class LocalWindows:
    """The times of the last hits of each key, in this process.

    The library's own memory storage keeps every key for ever and walks through all of them after each hit (limits 5,
    `MemoryStorage`); anybody can make up keys, such as e-mail addresses. Here a key is deleted once its hits are out of
    the window, and beyond LOCAL_KEYS_MAX the one that has been quiet longest.
    """

    def __init__(self) -> None:
        self._hits: OrderedDict[str, deque[float]] = OrderedDict()  # in the order of the last hits
        self._lock = Lock()

    def hit(self, rate: RateLimitItem, key: str) -> bool:
        with self._lock:
            if self._seconds(rate, key):
                return False
            now = time.time()
            self._hits.setdefault(key, deque(maxlen=rate.amount)).append(now)
            self._hits.move_to_end(key)
            self._delete_old(now - rate.get_expiry())
            return True

    def waiting_seconds(self, rate: RateLimitItem, key: str) -> int:
        with self._lock:
            return self._seconds(rate, key)

    def forget(self, key: str) -> None:
        with self._lock:
            self._hits.pop(key, None)

    def _seconds(self, rate: RateLimitItem, key: str) -> int:
        hits = self._hits.get(key)
        if hits is None or len(hits) < rate.amount:
            return 0
        return max(0, ceil(hits[-rate.amount] + rate.get_expiry() - time.time()))

    def _delete_old(self, before: float) -> None:
        while self._hits:
            quietest = next(iter(self._hits))
            if self._hits[quietest][-1] > before and len(self._hits) <= LOCAL_KEYS_MAX:
                return
            del self._hits[quietest]
