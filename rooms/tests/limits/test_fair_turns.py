"""Work for the database is done in turn: a flood in one room, or by one person, waits behind itself."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connections

from config.ground.clock import clock
from rooms.handlers import joining
from rooms.models import ChatMessage, Seat
from rooms.runtime.executors import DatabaseExecutor, seat_executor
from rooms.services import chat

THREADS = 2


class Blockade:
    """All threads of the seats' executor are at work until they are let go."""

    def __init__(self) -> None:
        self._released = threading.Event()
        self._at_work = threading.Semaphore(0)
        self._tasks: list[asyncio.Task[None]] = []

    def _work(self) -> None:
        self._at_work.release()
        self._released.wait(10)

    async def begin(self) -> None:
        self._tasks = [asyncio.create_task(seat_executor.run(self._work)) for _ in range(THREADS)]
        for _ in self._tasks:
            await asyncio.to_thread(self._at_work.acquire)

    async def end(self) -> None:
        self._released.set()
        await asyncio.gather(*self._tasks)


@pytest.fixture
def blockade() -> Iterator[Blockade]:
    made = Blockade()
    yield made
    made._released.set()


def noting(order: list[str], name: str, work):
    """The same work, which notes when it is done."""

    def noted(*args, **kwargs):
        order.append(name)
        return work(*args, **kwargs)

    return noted


async def test_a_join_is_served_before_messages_of_others(connect, blockade, monkeypatch):
    order: list[str] = []
    monkeypatch.setattr(chat, "post", noting(order, "chat", chat.post))
    loud = [await connect() for _ in range(3)]
    for n, caller in enumerate(loud):
        await caller.join(f"Loud {n}")
    late = await connect()
    monkeypatch.setattr(joining, "_join", noting(order, "hello", joining._join))
    await late.send("ping")
    await late.receive("pong")
    await blockade.begin()
    for caller in loud:
        for n in range(5):
            await caller.send("chat", text="x", ref=f"c{n}")
        await caller.send("ping")
        await caller.receive("pong")
    await late.send("hello", key="0f" * 16, page="a1b2c3d4", attempt=1, nickname="Late", mic=True, cam=True)
    for _ in range(3):  # by then it waits for a thread
        await late.send("ping")
        await late.receive("pong")
    await blockade.end()
    await late.receive("welcome")
    assert "hello" in order[:THREADS]


async def test_waiting_work_of_a_closed_socket_is_dropped_but_its_seat_is_marked_away(connect, blockade, hub, seat_row):
    loud = await connect()
    await loud.join("Loud")
    await blockade.begin()
    for n in range(8):
        await loud.send("chat", text="x", ref=f"c{n}")
    await loud.send("ping")
    await loud.receive("pong")
    await loud.close(1006)
    loud.closed_with = 1006
    await blockade.end()
    await hub.tasks.settle()
    assert await seat_executor.run(ChatMessage.objects.count) == 0
    assert (await seat_row(loud.seat)).away_at == clock.now()


async def test_a_leave_and_the_line_before_it_are_handled_although_the_socket_has_closed(
    connect, blockade, hub, seat_row
):
    ada = await connect()
    await ada.join("Ada")
    await blockade.begin()
    await ada.send("chat", text="Bye!", ref="c1")
    await ada.send("leave")
    await ada.send("ping")
    await ada.receive("pong")
    await ada.close(1006)
    ada.closed_with = 1006
    await blockade.end()
    await hub.tasks.settle()
    assert (await seat_row(ada.seat)).reason == Seat.Reason.LEFT
    assert await seat_executor.run(ChatMessage.objects.count) == 1


async def test_threads_of_sockets_take_no_connection_of_the_pages_pool(db, monkeypatch):
    pooled = {**settings.DATABASES["default"], "ENGINE": "django.db.backends.postgresql"}
    monkeypatch.setitem(
        connections.settings, "default", {**pooled, "OPTIONS": {"pool": {"min_size": 1, "max_size": 2}}}
    )
    executor = DatabaseExecutor("test", threads=1)
    monkeypatch.setattr("rooms.runtime.executors._with_own_connection", lambda work: work())
    assert await executor.run(lambda: getattr(connections["default"], "pool", "")) is None
