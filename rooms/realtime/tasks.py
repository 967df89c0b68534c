"""Background tasks of the hub, and coroutines that start without waiting for the event loop."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine, Generator
from contextvars import copy_context
from typing import Any

from rooms.runtime.executors import take_turn

log = logging.getLogger("lanai.hub")


class TaskSet:
    """Tasks that are kept from being collected, logged when they fail, and cancelled together."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()
        self._lasting: set[asyncio.Task[Any]] = set()

    def spawn(self, work: Coroutine[Any, Any, Any], *, lasting: bool = False) -> asyncio.Task[Any]:
        """Run ``work`` as a task. ``lasting`` work never ends by itself, so ``settle`` does not wait for it.

        It has no Turn, whichever task spawns it, so it is not dropped with the socket that caused it.
        """
        context = copy_context()
        context.run(take_turn, None)
        task = asyncio.get_running_loop().create_task(work, context=context)
        self._tasks.add(task)
        if lasting:
            self._lasting.add(task)
        task.add_done_callback(self._done)
        return task

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        self._lasting.discard(task)
        if not task.cancelled() and (problem := task.exception()):
            log.error("a task of the hub failed", exc_info=problem)

    async def settle(self) -> None:
        """Wait until every task that ends by itself has ended."""
        lasting = {asyncio.current_task(), *self._lasting}
        while pending := {task for task in self._tasks if task not in lasting}:
            await asyncio.wait(pending)

    async def cancel(self) -> None:
        """Cancel all tasks and wait for them."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


def start_eagerly(work: Coroutine[Any, Any, None]) -> Coroutine[Any, Any, None] | None:
    """Run ``work`` until it first waits; return a coroutine for the rest, or None when it has finished.

    This is Python 3.12's eager task for Python 3.11: a task is made only where there is something to wait for.
    """
    try:
        awaited = work.send(None)
    except StopIteration:
        return None
    return _finish(_Rest(work, awaited))


async def _finish(rest: _Rest) -> None:
    await rest


class _Rest:
    """Connects a task with a coroutine that is waiting already: passes up what it awaits, and down what comes back."""

    def __init__(self, work: Coroutine[Any, Any, None], awaited: Any) -> None:
        self._work, self._awaited = work, awaited

    def __await__(self) -> Generator[Any, Any, None]:
        try:
            while True:
                try:
                    answer = yield self._awaited
                except BaseException as problem:  # noqa: BLE001 - the coroutine must learn that its task was cancelled
                    self._awaited = self._work.throw(problem)
                else:
                    self._awaited = self._work.send(answer)
        except StopIteration:
            return
