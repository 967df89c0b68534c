"""Where a socket's database work is done: threads and connections of its own.

Channels and Django share one thread for all synchronous views, so a slow view, an export or a password hash
would hold up every seat. Work for seats, for the sweep and for the lists of what is live do not even wait for
each other.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

from django.conf import settings
from django.db import close_old_connections

P = ParamSpec("P")
T = TypeVar("T")


class Desk:
    def __init__(self, name: str, threads: int) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix=name)

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The result of ``work``, done in one of this desk's threads."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, partial(_with_fresh_connection, work, *args, **kwargs))


def _with_fresh_connection(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """PostgreSQL's connections come from a pool and go back. SQLite's stay: to open one costs more than most work."""
    if settings.ON_SQLITE:
        return work(*args, **kwargs)
    close_old_connections()
    try:
        return work(*args, **kwargs)
    finally:
        close_old_connections()


seat_desk = Desk("seats", threads=2)
sweep_desk = Desk("sweep", threads=1)
live_desk = Desk("live", threads=1)
