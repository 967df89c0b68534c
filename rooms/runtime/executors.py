"""Thread pools in which asynchronous code does its database work, each thread with a connection of its own.

Channels and Django share one thread for all synchronous views, so a slow view, an export or a password hash would
hold up every seat. Work for seats, for the reconciler and in the background does not wait for each other either. What
waits for a thread is served in turn: see ``rooms.runtime.fair_queue``.
"""

from __future__ import annotations

import asyncio
import copy
import threading
import time
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import ContextVar
from functools import partial
from typing import Any, ParamSpec, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.utils import load_backend

from rooms.runtime.fair_queue import FairQueue, QueueFull, Ticket
from rooms.runtime.metrics import executor_seconds

P = ParamSpec("P")
T = TypeVar("T")

# Longer than PostgreSQL's statement_timeout. A database that hangs says nothing at all.
TIMEOUT_SECONDS = 12
IDLE_SECONDS = 1
# More than there are sockets, each of which has one piece of work waiting at a time.
WAITING_MOST = 10_000


class WorkDropped(Exception):
    """The work was dropped before it began, because its socket has closed."""


class Turn:
    """On whose behalf database work is done: ``keys`` share a turn, and ``urgent`` work goes before all other.

    A socket makes one for itself, and drops what it has waiting when it closes.
    """

    def __init__(self, *keys: Hashable, urgent: bool = False) -> None:
        self.keys: tuple[Hashable, ...] = keys
        self.urgent = urgent
        self._is_dropped = False
        self._waiting: set[Callable[[], None]] = set()

    def drop(self) -> None:
        """Drop work that waits for a thread, and refuse later work; work that a thread has begun is finished."""
        self._is_dropped = True
        for give_up in list(self._waiting):
            give_up()

    def enter(self, give_up: Callable[[], None]) -> None:
        """Register a callback for when the turn is dropped. Raises WorkDropped when it has been already."""
        if self._is_dropped:
            raise WorkDropped
        self._waiting.add(give_up)

    def leave(self, give_up: Callable[[], None]) -> None:
        self._waiting.discard(give_up)


_turn: ContextVar[Turn | None] = ContextVar("turn", default=None)


def take_turn(turn: Turn | None) -> None:
    """Do the database work of the running task on behalf of ``turn`` from now on."""
    _turn.set(turn)


class _Job:
    """Work that waits for a thread, and the future of its result."""

    def __init__(self, work: Callable[[], Any]) -> None:
        self._work = work
        self.future: Future[Any] = Future()

    def run(self) -> None:
        if not self.future.set_running_or_notify_cancel():
            return
        try:
            result = _with_own_connection(self._work)
        except BaseException as problem:  # noqa: BLE001 - it is raised where the result is awaited
            self.future.set_exception(problem)
        else:
            self.future.set_result(result)


class DatabaseExecutor:
    """A named thread pool, served in turn. Connections are kept per thread and health-checked after errors and when
    idle over 1 s.
    """

    def __init__(self, name: str, threads: int, timeout: float | None = TIMEOUT_SECONDS) -> None:
        self._timeout = timeout
        self._seconds = executor_seconds.labels(name)
        self._queue: FairQueue[_Job] = FairQueue(WAITING_MOST)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix=name, initializer=_connect_outside_the_pool)

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return the result of ``work``, done in one of the threads when it is the turn of the running task's Turn.

        Raises TimeoutError when that takes too long (work that a thread has begun is still done), WorkDropped, and
        QueueFull.
        """
        turn = _turn.get() or Turn()
        job = _Job(partial(work, *args, **kwargs))
        async with asyncio.timeout(self._timeout):
            with self._seconds.time():
                result: T = await self._wait_for(job, turn)
                return result

    async def _wait_for(self, job: _Job, turn: Turn) -> Any:
        ticket = self._queue.put(job, turn.keys, urgent=turn.urgent)
        give_up = partial(self._give_up, job, ticket)
        try:
            turn.enter(give_up)
            self._pool.submit(self._run_next)
            return await asyncio.wrap_future(job.future)
        finally:
            turn.leave(give_up)
            self._queue.discard(ticket)

    def _run_next(self) -> None:
        """Run in a thread, once for each job that was put; those that were given up leave nothing to do."""
        if job := self._queue.pop():
            job.run()

    def _give_up(self, job: _Job, ticket: Ticket[_Job]) -> None:
        if self._queue.discard(ticket):  # so no thread has it
            job.future.set_exception(WorkDropped())


def _connect_outside_the_pool() -> None:
    """Give the thread a connection that is not one of LANAI_DB_POOL, which are for pages.

    A thread keeps its connection, and would take one of the pool's for good; and while pages hold all of them, nobody
    could join.
    """
    settings = connections.settings[DEFAULT_DB_ALIAS]
    if "pool" not in settings["OPTIONS"]:
        return
    own = copy.deepcopy(settings)
    del own["OPTIONS"]["pool"]
    connections[DEFAULT_DB_ALIAS] = load_backend(own["ENGINE"]).DatabaseWrapper(own, DEFAULT_DB_ALIAS)


class _LastUse(threading.local):
    ended = 0.0


_last_use = _LastUse()


def _with_own_connection(work: Callable[[], T]) -> T:
    """Keep the thread's connection: opening one for each piece of work costs more than most work.

    A database that is restarted in the middle of a rush costs each thread one piece of work.
    """
    doubtful = connection.errors_occurred or time.monotonic() - _last_use.ended > IDLE_SECONDS
    if doubtful and connection.connection is not None and not connection.is_usable():
        connection.close()
    try:
        return work()
    finally:
        _last_use.ended = time.monotonic()


# The names are labels of the metric lanai_desk_seconds.
seat_executor = DatabaseExecutor("seats", threads=2)
reconciler_executor = DatabaseExecutor("sweep", threads=1)
# Lists of rooms, nicknames for the next green room, and the deletion of old rows, which may take long.
background_executor = DatabaseExecutor("live", threads=1, timeout=None)

__all__ = [
    "DatabaseExecutor",
    "QueueFull",
    "Turn",
    "WorkDropped",
    "background_executor",
    "reconciler_executor",
    "seat_executor",
    "take_turn",
]
