"""The one clock. Tests set it and move it; nothing else in the app asks the time."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime


class Clock:
    def __init__(self) -> None:
        self.source: Callable[[], float] = time.time

    def seconds(self) -> float:
        """Seconds since 1970."""
        return self.source()

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.source(), UTC)


clock = Clock()


def now() -> datetime:
    """The time, as a default that a migration can name."""
    return clock.now()
