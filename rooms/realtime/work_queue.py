"""The messages of one socket that need the database, handled one at a time in the order they were sent."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine
from typing import Any

from rooms import protocol
from rooms.protocol import Refused
from rooms.realtime.contracts import Spawn
from rooms.runtime.executors import Turn, take_turn

# What one socket may have waiting for the database: during an outage of it, the queue must not fill our memory.
QUEUE_LIMIT = protocol.FRAMES_BURST
# Joining and leaving go before everything that other people have waiting.
URGENT = protocol.Hello | protocol.Leave


class WorkQueue:
    """A FIFO of messages, and one task that handles them while there are any.

    ``turn`` is the socket's turn at the database; ``handle`` is awaited for each message and raises nothing.
    """

    def __init__(self, turn: Turn, handle: Callable[[Any], Coroutine[Any, Any, None]], spawn: Spawn) -> None:
        self._turn = turn
        self._handle = handle
        self._spawn = spawn
        self._waiting: deque[Any] = deque()
        self._worker: asyncio.Task[Any] | None = None
        self._is_leaving = False

    def put(self, message: Any) -> None:
        """Handle the message after those before it. Raises Refused when too many wait."""
        if len(self._waiting) >= QUEUE_LIMIT:
            raise Refused("try_again")
        self._waiting.append(message)
        if self._worker is None:
            self._worker = self._spawn(self._run())

    async def _run(self) -> None:
        take_turn(self._turn)
        try:
            while self._waiting:
                message = self._waiting.popleft()
                self._turn.urgent = isinstance(message, URGENT)
                self._is_leaving = isinstance(message, protocol.Leave)
                await self._handle(message)
        finally:
            self._worker = None

    def drop(self) -> None:
        """Drop the messages of a closed socket that have not begun, except a ``leave``: nobody waits for the answers.

        Pages send again what was not acknowledged when they are back. Before a ``leave``, the message in hand is done.
        """
        leaves = [message for message in self._waiting if isinstance(message, protocol.Leave)]
        self._waiting = deque(leaves[:1])
        if not leaves and not self._is_leaving:
            self._turn.drop()

    async def wait(self) -> None:
        """Wait until nothing is left to handle."""
        if self._worker is not None:
            await asyncio.wait([self._worker])
