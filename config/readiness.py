"""Readiness checks for `/readyz`: database, migrations, Redis. Cheap, as anybody may request them often."""

from __future__ import annotations

import asyncio
import time
from functools import lru_cache

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from config.ground.cache import REDIS_TIMEOUTS
from rooms.runtime.executors import DatabaseExecutor

CHECK_TIMEOUT_SECONDS = 3
CACHE_SECONDS = 1

Results = dict[str, bool]

# One thread each, so that one check that hangs does not make the other fail.
_database_executor = DatabaseExecutor("ready-database", threads=1, timeout=CHECK_TIMEOUT_SECONDS)
_redis_executor = DatabaseExecutor("ready-redis", threads=1, timeout=CHECK_TIMEOUT_SECONDS)


class Readiness:
    """Runs the checks at most once per CACHE_SECONDS; concurrent requests share one run."""

    def __init__(self) -> None:
        self._run: asyncio.Task[Results] | None = None
        self._finished_at = float("-inf")

    async def check(self) -> Results:
        """Return whether each check passes, by its name."""
        if self._run is None or (self._run.done() and time.monotonic() - self._finished_at > CACHE_SECONDS):
            self._run = asyncio.create_task(_run_checks())
            self._run.add_done_callback(self._finished)
        return await asyncio.shield(self._run)

    def _finished(self, _: object) -> None:
        self._finished_at = time.monotonic()


async def _run_checks() -> Results:
    """Run all checks side by side. One that times out has failed."""
    runs = _database_executor.run(_check_database), _redis_executor.run(_check_redis)
    database, shared = await asyncio.gather(*runs, return_exceptions=True)
    results = database if isinstance(database, dict) else {"database": False, "migrations": False}
    return {**results, "redis": shared is True}


def _check_database() -> Results:
    try:
        applied = MigrationRecorder(connection).applied_migrations()
    except DatabaseError:
        return {"database": False, "migrations": False}
    return {"database": True, "migrations": _latest_migrations() <= applied.keys()}


@lru_cache
def _latest_migrations() -> set[tuple[str, str]]:
    """Return the last migration of each app in the code of this process."""
    return set(MigrationLoader(None).graph.leaf_nodes())


def _check_redis() -> bool:
    if not settings.REDIS_URL:
        return True
    try:
        with redis.Redis.from_url(settings.REDIS_URL, **REDIS_TIMEOUTS) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False
