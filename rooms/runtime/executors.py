"""Thread pools in which asynchronous code does its database work, each thread with a connection of its own.

Channels and Django share one thread for all synchronous views, so a slow view, an export or a password hash would
hold up every seat. Work for seats, for the reconciler and in the background does not wait for each other either.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

from django.db import connection

from rooms.runtime.metrics import executor_seconds

P = ParamSpec("P")
T = TypeVar("T")

# Longer than PostgreSQL's statement_timeout. A database that hangs says nothing at all.
TIMEOUT_SECONDS = 12
IDLE_SECONDS = 1


class DatabaseExecutor:
    """A named thread pool. Connections are kept per thread and health-checked after errors and when idle over 1 s."""

    def __init__(self, name: str, threads: int, timeout: float | None = TIMEOUT_SECONDS) -> None:
        self._timeout = timeout
        self._seconds = executor_seconds.labels(name)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix=name)

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return the result of ``work``, done in one of the threads.

        Raises TimeoutError when that takes too long; the work may still be done later.
        """
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(self._timeout):
            with self._seconds.time():
                return await loop.run_in_executor(self._pool, partial(_with_own_connection, work, *args, **kwargs))


class _LastUse(threading.local):
    ended = 0.0


_last_use = _LastUse()


def _with_own_connection(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Keep the thread's connection: opening one for each piece of work costs more than most work.

    A database that is restarted in the middle of a rush costs each thread one piece of work.
    """
    doubtful = connection.errors_occurred or time.monotonic() - _last_use.ended > IDLE_SECONDS
    if doubtful and connection.connection is not None and not connection.is_usable():
        connection.close()
    try:
        return work(*args, **kwargs)
    finally:
        _last_use.ended = time.monotonic()


# The names are labels of the metric lanai_desk_seconds.
seat_executor = DatabaseExecutor("seats", threads=2)
reconciler_executor = DatabaseExecutor("sweep", threads=1)
# Lists of rooms, nicknames for the next green room, and the deletion of old rows, which may take long.
background_executor = DatabaseExecutor("live", threads=1, timeout=None)
