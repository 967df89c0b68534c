"""Whether this process can serve: database, migrations, Redis. Cheap, for it is asked often and by anybody."""

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

PATIENCE_SECONDS = 3
KEPT_SECONDS = 1

Parts = dict[str, bool]

# A thread for each, so that one part which hangs does not make the other look away too.
_database_executor = DatabaseExecutor("ready-database", threads=1, timeout=PATIENCE_SECONDS)
_redis_executor = DatabaseExecutor("ready-redis", threads=1, timeout=PATIENCE_SECONDS)


class Readiness:
    """The answer is kept for a second, and found out once for all who ask meanwhile."""

    def __init__(self) -> None:
        self._looking: asyncio.Task[Parts] | None = None
        self._looked_at = float("-inf")

    async def parts(self) -> Parts:
        if self._looking is None or (self._looking.done() and time.monotonic() - self._looked_at > KEPT_SECONDS):
            self._looking = asyncio.create_task(_look())
            self._looking.add_done_callback(self._looked)
        return await asyncio.shield(self._looking)

    def _looked(self, _: object) -> None:
        self._looked_at = time.monotonic()


async def _look() -> Parts:
    """What hangs is as little there as what is away."""
    looks = _database_executor.run(_database), _redis_executor.run(_redis)
    database, shared = await asyncio.gather(*looks, return_exceptions=True)
    parts = database if isinstance(database, dict) else {"database": False, "migrations": False}
    return {**parts, "redis": shared is True}


def _database() -> Parts:
    try:
        applied = MigrationRecorder(connection).applied_migrations()
    except DatabaseError:
        return {"database": False, "migrations": False}
    return {"database": True, "migrations": _latest_migrations() <= applied.keys()}


@lru_cache
def _latest_migrations() -> set[tuple[str, str]]:
    """The last of each app, as the code of this process has them."""
    return set(MigrationLoader(None).graph.leaf_nodes())


def _redis() -> bool:
    if not settings.REDIS_URL:
        return True
    try:
        with redis.Redis.from_url(settings.REDIS_URL, **REDIS_TIMEOUTS) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False
