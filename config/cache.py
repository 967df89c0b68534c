"""The cache in Redis, which does without Redis while that is away."""

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

# Somebody waits for the answer. The client's own way is to try for seconds, again and again.
IMPATIENT: dict[str, Any] = {
    "socket_timeout": 1,
    "socket_connect_timeout": 1,
    "retry": Retry(NoBackoff(), 0),
}
AWAY_SECONDS = 5


class Substitute:
    """Asks Redis; once it failed, somebody else for a few seconds. Limits then hold per process, but they hold."""

    def __init__(self) -> None:
        self._away_until = float("-inf")

    def ask(self, shared: Callable[[], T], here: Callable[[], T]) -> T:
        if time.monotonic() < self._away_until:
            return here()
        try:
            return shared()
        except redis.RedisError as problem:
            self._away_until = time.monotonic() + AWAY_SECONDS
            log.warning("Redis is away, this process counts by itself: %s", type(problem).__name__)
            return here()


def _steady(name: str) -> Callable[..., Any]:
    def method(self: SteadyRedisCache, *args: Any, **kwargs: Any) -> Any:
        shared, here = getattr(RedisCache, name), getattr(self.here, name)
        return self.substitute.ask(lambda: shared(self, *args, **kwargs), lambda: here(*args, **kwargs))

    return method


class SteadyRedisCache(RedisCache):
    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self.here = LocMemCache("while-redis-is-away", {})
        self.substitute = Substitute()

    add, get, set, touch, delete = map(_steady, ("add", "get", "set", "touch", "delete"))
    get_many, set_many, delete_many = map(_steady, ("get_many", "set_many", "delete_many"))
    has_key, incr, clear = map(_steady, ("has_key", "incr", "clear"))
