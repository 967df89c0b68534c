"""Checks for leaks when everybody has left: seats, sockets, topics, tasks, database connections, log records."""

from __future__ import annotations

import time
from typing import Any

import redis

from tests.model.clocked_stack import ClockedStack

UNTIL_ALL_ENDED = 32
STEP = 4  # less than what the reconciler takes for a jump of the clock
PATIENCE = 10
# The desks (two threads for seats, one each for the sweep and the lists), and two for pages: a page's goes back to the
# pool after its answer is out, and the next may have been asked for by then.
CONNECTIONS_PER_PROCESS = 6


class Leaks:
    def __init__(self, stack: ClockedStack, redis_url: str) -> None:
        self._stack = stack
        self._redis = redis.Redis.from_url(redis_url)
        stack.tick()
        self._at_rest = self._held()

    def check(self, *slugs: str) -> None:
        """Raises when anything is left of these rooms' meetings."""
        for _ in range(UNTIL_ALL_ENDED // STEP):
            self._stack.tick(STEP)
        self._wait_for_rest()
        for slug in slugs:
            assert self._stack.processes[0].use("seats_not_ended", slug=slug) == 0, "a ghost was left"
        connections = self._stack.processes[0].use("connections")
        assert sum(connections.values()) <= CONNECTIONS_PER_PROCESS * len(self._stack.processes), connections
        assert not {state for state in connections if "transaction" in state}, connections
        assert self._stack.complaints() == []

    def _wait_for_rest(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while (held := self._held()) != self._at_rest:
            assert time.monotonic() < deadline, f"left: {held}, at first: {self._at_rest}"
            time.sleep(0.01)

    def _held(self) -> list[Any]:
        counts = ("rooms", "sockets", "watchers", "topics", "tasks", "dropped")
        held = [{name: holdings[name] for name in counts} for holdings in self._stack.all("holdings")]
        channels: Any = self._redis.pubsub_channels()
        return [*held, len(channels)]

    def close(self) -> None:
        self._redis.close()
