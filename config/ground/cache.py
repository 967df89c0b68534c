"""The cache in Redis, with a local fallback for the time Redis is away."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any, TypeVar

import redis
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.retry import Retry

log = logging.getLogger("lanai.cache")

T = TypeVar("T")

# A person waits for the answer; by default the client retries for seconds.
REDIS_TIMEOUTS: dict[str, Any] = {
    "socket_timeout": 1,
    "socket_connect_timeout": 1,
    "retry": Retry(NoBackoff(), 0),
}
AWAY_SECONDS = 5

# The cache counts mails that confirm an address. Django's default, 300 entries, lets anybody push the counts of others
# out, and their own, by trying so many addresses. An entry takes about half a kilobyte.
LOCAL_CACHE: dict[str, Any] = {"OPTIONS": {"MAX_ENTRIES": 100_000}}


class RedisFallback:
    """Calls Redis, or a local function for AWAY_SECONDS after Redis failed.

    Limits then hold per process instead of across processes, but they hold.
    """

    def __init__(self) -> None:
        self._away_until = float("-inf")

    def call(self, shared: Callable[[], T], local: Callable[[], T]) -> T:
        """Return the result of ``shared``, or of ``local`` where Redis cannot answer."""
        if time.monotonic() < self._away_until:
            return local()
        try:
            return shared()
        except redis.RedisError as problem:
            self._away_until = time.monotonic() + AWAY_SECONDS
            log.warning("Redis is away, this process counts by itself: %s", type(problem).__name__)
            return local()


def _with_fallback(name: str) -> Callable[..., Any]:
    def method(self: FallbackRedisCache, *args: Any, **kwargs: Any) -> Any:
        shared, local = getattr(RedisCache, name), getattr(self.local, name)
        return self.fallback.call(lambda: shared(self, *args, **kwargs), lambda: local(*args, **kwargs))

    return method


class FallbackRedisCache(RedisCache):
    """Django's Redis cache, answered by a local-memory cache while Redis is away."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self.local = LocMemCache("while-redis-is-away", LOCAL_CACHE)
        self.fallback = RedisFallback()

    add, get, set, touch, delete = map(_with_fallback, ("add", "get", "set", "touch", "delete"))
    get_many, set_many, delete_many = map(_with_fallback, ("get_many", "set_many", "delete_many"))
    has_key, incr, clear = map(_with_fallback, ("has_key", "incr", "clear"))
