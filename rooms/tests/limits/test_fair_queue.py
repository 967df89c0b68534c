"""The fair queue, and work that is dropped."""

from __future__ import annotations

import asyncio
import threading

import pytest

from rooms.runtime.executors import DatabaseExecutor, Turn, WorkDropped, take_turn
from rooms.runtime.fair_queue import FairQueue, QueueFull


def drained(queue: FairQueue[str]) -> list[str]:
    return list(iter(queue.pop, None))


def test_a_key_with_much_work_takes_turns_with_the_others():
    queue: FairQueue[str] = FairQueue(100)
    for n in range(5):
        queue.put(f"loud {n}", ("loud",))
    queue.put("ada", ("ada",))
    queue.put("grace", ("grace",))
    assert drained(queue) == ["loud 0", "ada", "grace", "loud 1", "loud 2", "loud 3", "loud 4"]


def test_neither_one_person_in_many_rooms_nor_many_people_in_one_room_get_more_turns():
    queue: FairQueue[str] = FairQueue(100)
    for n in range(3):
        queue.put(f"person {n}", ("busybody", f"room {n}"))
        queue.put(f"room {n}", (f"looker {n}", "busy room"))
    queue.put("ada", ("ada", "quiet room"))
    assert drained(queue)[:3] == ["person 0", "room 0", "ada"]


def test_a_newcomer_starts_in_the_present_round():
    queue: FairQueue[str] = FairQueue(100)
    for n in range(4):
        queue.put(f"early {n}", ("early",))
    assert [queue.pop() for _ in range(3)] == ["early 0", "early 1", "early 2"]
    queue.put("late 0", ("late",))
    queue.put("late 1", ("late",))
    assert drained(queue) == ["late 0", "early 3", "late 1"]


def test_asking_again_while_being_served_starves_nobody():
    queue: FairQueue[str] = FairQueue(100)
    for n in range(3):
        queue.put(f"patient {n}", ("patient",))
    served = []
    for n in range(6):
        queue.put(f"eager {n}", ("eager",))
        served.append(queue.pop())
    assert served == ["patient 0", "eager 0", "patient 1", "eager 1", "patient 2", "eager 2"]


def test_urgent_work_goes_first_and_takes_turns_too():
    queue: FairQueue[str] = FairQueue(100)
    queue.put("chat", ("ada",))
    queue.put("join 1", ("loud",), urgent=True)
    queue.put("join 2", ("loud",), urgent=True)
    queue.put("join 3", ("grace",), urgent=True)
    assert drained(queue) == ["join 1", "join 3", "join 2", "chat"]


def test_discarded_work_is_not_served_and_delays_nobody():
    queue: FairQueue[str] = FairQueue(3)
    tickets = [queue.put(f"gone {n}", ("loud",)) for n in range(2)]
    queue.put("next", ("loud",))
    with pytest.raises(QueueFull):
        queue.put("too many", ("ada",))
    assert [queue.discard(ticket) for ticket in tickets] == [True, True]
    assert not queue.discard(tickets[0])
    queue.put("ada", ("ada",))
    assert len(queue) == 2
    assert set(drained(queue)) == {"next", "ada"}


async def test_dropped_work_raises_and_work_that_has_begun_is_finished(db):
    executor = DatabaseExecutor("test", threads=1)
    began, may_end = threading.Event(), threading.Event()
    turn = Turn("ada")

    async def on_behalf(work):
        take_turn(turn)
        return await executor.run(work)

    def work() -> bool:
        began.set()
        return may_end.wait(5)

    begun = asyncio.create_task(on_behalf(work))
    await asyncio.to_thread(began.wait)
    waiting = asyncio.create_task(on_behalf(list))
    await _until(lambda: len(executor._queue) == 1)
    turn.drop()
    may_end.set()
    with pytest.raises(WorkDropped):
        await waiting
    with pytest.raises(WorkDropped):
        await on_behalf(list)
    assert await begun is True


async def _until(probe) -> None:
    async with asyncio.timeout(5):
        while not probe():
            await asyncio.sleep(0)
