"""Throttles count a moving window per key, alike in the process and in Redis, and forget keys that are quiet."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from limits import parse
from pytest_django import Settings

from config.ground import throttle as throttles
from config.ground.throttle import LocalWindows, Throttle
from tests.services import Redis, redis_server  # noqa: F401
from tests.wall_clock import WallClock

RATE = parse("3/minute")


@pytest.fixture(params=["process", "redis", "redis is away"])
def throttle(request: pytest.FixtureRequest, settings: Settings) -> Throttle:
    settings.REDIS_URL = {
        "process": lambda: "",
        "redis": lambda: _redis(request).url,
        "redis is away": lambda: "redis://127.0.0.1:1/0",
    }[request.param]()
    return Throttle(RATE, f"test-{request.param}")


def _redis(request: pytest.FixtureRequest) -> Redis:
    server: Redis = request.getfixturevalue("redis_server")
    return server


@pytest.fixture
def hits(throttle: Throttle, wall: WallClock) -> Callable[[str, int], list[bool]]:
    throttle.forget("a")
    return lambda key, times: [throttle.hit(key) for _ in range(times)]


Hits = Callable[[str, int], list[bool]]


def test_hits_beyond_the_limit_are_refused_and_the_other_keys_are_not(hits: Hits) -> None:
    assert hits("a", 5) == [True] * 3 + [False] * 2
    assert hits("b", 1) == [True]


def test_the_waiting_time_is_that_of_the_oldest_hit_and_refused_ones_do_not_prolong_it(
    throttle: Throttle, hits: Hits, wall: WallClock
) -> None:
    assert throttle.waiting_seconds("a") == 0
    hits("a", 1)
    wall.seconds += 10
    hits("a", 1)
    assert throttle.waiting_seconds("a") == 0
    hits("a", 3)
    wall.seconds += 20
    assert not any(hits("a", 3))
    assert throttle.waiting_seconds("a") == throttle.retry_seconds("a") == 30
    wall.seconds += 30.01
    assert throttle.waiting_seconds("a") == 0
    assert hits("a", 2) == [True, False]
    assert throttle.waiting_seconds("a") == 10


def test_forgotten_hits_count_no_more(throttle: Throttle, hits: Hits) -> None:
    hits("a", 4)
    throttle.forget("a")
    assert throttle.waiting_seconds("a") == 0
    assert hits("a", 1) == [True]


def test_keys_are_deleted_when_their_hits_are_out_of_the_window(wall: WallClock) -> None:
    local = LocalWindows()
    for n in range(1000):
        local.hit(RATE, f"{n}")
    wall.seconds += 30
    local.hit(RATE, "0")
    wall.seconds += 31
    local.hit(RATE, "new")
    assert list(local._hits) == ["0", "new"]


def test_beyond_the_most_keys_the_quietest_is_deleted(wall: WallClock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttles, "LOCAL_KEYS_MAX", 2)
    local = LocalWindows()
    for key in ("a", "b", "a", "c"):
        local.hit(RATE, key)
    assert list(local._hits) == ["a", "c"]
