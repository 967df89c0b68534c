"""The wall clock, which throttles go by: their library knows no other."""

from __future__ import annotations

import time

import pytest


class WallClock:
    """Stands still at a whole second until it is advanced."""

    def __init__(self) -> None:
        self.seconds = float(int(time.time()))

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> WallClock:
    clock = WallClock()
    monkeypatch.setattr(time, "time", clock)
    return clock
