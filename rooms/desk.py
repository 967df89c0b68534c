"""Where a socket's database work is done: threads and connections of its own.

Channels and Django share one thread for all synchronous views, so a slow view, an export or a password hash
would hold up every seat. Work for seats, for the sweep and for the lists of what is live do not even wait for
each other.
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

from rooms.metrics import desk_seconds

P = ParamSpec("P")
T = TypeVar("T")

# Longer than PostgreSQL may take for a statement. A database that hangs says nothing at all.
PATIENCE_SECONDS = 12
PAUSE_SECONDS = 1


class Desk:
    def __init__(self, name: str, threads: int, patience: float | None = PATIENCE_SECONDS) -> None:
        self._patience = patience
        self._seconds = desk_seconds.labels(name)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix=name)

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The result of ``work``, done in one of this desk's threads.

        Raises TimeoutError when that takes too long: who asked is told so, and the work may still be done.
        """
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(self._patience):
            with self._seconds.time():
                return await loop.run_in_executor(self._pool, partial(_with_own_connection, work, *args, **kwargs))


class _Use(threading.local):
    ended = 0.0


_use = _Use()


def _with_own_connection(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """A thread keeps its connection: to fetch one for each piece of work and to give it back costs more than most work.

    It is looked at after an error and after a pause. A database that is restarted in the midst of a rush costs each
    thread one piece of work.
    """
    doubtful = connection.errors_occurred or time.monotonic() - _use.ended > PAUSE_SECONDS
    if doubtful and connection.connection is not None and not connection.is_usable():
        connection.close()
    try:
        return work(*args, **kwargs)
    finally:
        _use.ended = time.monotonic()


seat_desk = Desk("seats", threads=2)
sweep_desk = Desk("sweep", threads=1)
live_desk = Desk("live", threads=1, patience=None)  # what is old is forgotten here too, and that may take long
