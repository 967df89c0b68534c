"""Coroutines that begin at once and become a task only where they have to wait."""

from __future__ import annotations

from collections.abc import Coroutine, Generator
from typing import Any


def begin(work: Coroutine[Any, Any, None]) -> Coroutine[Any, Any, None] | None:
    """Run ``work`` until it waits for something; its rest, or None when it is done.

    What Python 3.12 calls an eager task, for those who have 3.11.
    """
    try:
        waits_for = work.send(None)
    except StopIteration:
        return None
    return _finish(_Rest(work, waits_for))


async def _finish(rest: _Rest) -> None:
    await rest


class _Rest:
    """Stands between a task and a coroutine that waits already: hands up what it waits for, and down what comes."""

    def __init__(self, work: Coroutine[Any, Any, None], waits_for: Any) -> None:
        self._work, self._waits_for = work, waits_for

    def __await__(self) -> Generator[Any, Any, None]:
        try:
            while True:
                try:
                    answer = yield self._waits_for
                except BaseException as problem:  # noqa: BLE001 - the work is told that its task was cancelled
                    self._waits_for = self._work.throw(problem)
                else:
                    self._waits_for = self._work.send(answer)
        except StopIteration:
            return
