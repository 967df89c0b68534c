"""Coalescing: work that many events request is done once for all of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable
from typing import Generic, Protocol, TypeVar

K = TypeVar("K", bound=Hashable)


class Timer(Protocol):
    """The part of an event loop that coalescing needs."""

    def call_later(self, delay: float, callback: Callable[[], object], /) -> object: ...


class Coalescer(Generic[K]):
    """Calls ``act`` for a key at once, and after that at most every ``interval`` seconds, however often it is asked."""

    def __init__(self, interval: float, act: Callable[[K], None], timer: Timer | None = None) -> None:
        self._interval = interval
        self._act = act
        self._timer = timer or asyncio.get_running_loop()
        self._asked: dict[K, bool] = {}  # the keys that must wait, and whether anything was asked meanwhile

    def request(self, key: K) -> None:
        """Act for ``key`` now, or when its interval is over."""
        if key in self._asked:
            self._asked[key] = True
        else:
            self._begin(key)

    def _begin(self, key: K) -> None:
        self._asked[key] = False
        self._timer.call_later(self._interval, lambda: self._interval_over(key))
        self._act(key)

    def _interval_over(self, key: K) -> None:
        if self._asked.pop(key):
            self._begin(key)
