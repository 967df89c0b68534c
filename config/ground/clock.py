"""The clock of the application. Nothing else asks for the time, so tests can set and move it."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime


class Clock:
    """Reads the time from ``source``, a function that returns seconds since 1970."""

    def __init__(self) -> None:
        self.source: Callable[[], float] = time.time

    def seconds(self) -> float:
        """Return seconds since 1970."""
        return self.source()

    def now(self) -> datetime:
        """Return the time as an aware datetime in UTC."""
        return datetime.fromtimestamp(self.source(), UTC)


clock = Clock()


def now() -> datetime:
    """Return the time; a default that migrations can refer to by name."""
    return clock.now()
