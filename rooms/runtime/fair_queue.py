"""A queue of waiting work that is served in turn: a backlog of one person or room delays nobody else's work.

The order is that of start-time fair queuing with equal weights and one unit per item: an item is put under any number
of keys, such as its person and its room, and waits as many rounds as the fullest of its keys has items waiting. So
neither one person in many rooms nor many people in one room get more than their turn. Nothing here knows the time.
"""

from __future__ import annotations

import heapq
import threading
from collections import Counter
from collections.abc import Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class QueueFull(Exception):
    """There is more waiting than the queue may hold."""


class Ticket(Generic[T]):
    """The place of one item in the queue. Ordered as items are served."""

    __slots__ = ("item", "keys", "is_urgent", "_order")

    def __init__(self, item: T, keys: tuple[Hashable, ...], is_urgent: bool, round_: int, number: int) -> None:
        self.item: T | None = item
        self.keys = keys
        self.is_urgent = is_urgent
        self._order = (not is_urgent, round_, number)

    @property
    def round(self) -> int:
        return self._order[1]

    def __lt__(self, other: Ticket[T]) -> bool:
        return self._order < other._order


class FairQueue(Generic[T]):
    """Waiting items by key, served in turn, urgent ones first and in turn among themselves. May be used by threads.

    ``most`` is how many items may wait at a time.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._heap: list[Ticket[T]] = []
        self._waiting: Counter[tuple[bool, Hashable]] = Counter()
        self._round = {True: 0, False: 0}
        self._number = 0
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def put(self, item: T, keys: tuple[Hashable, ...] = (), *, urgent: bool = False) -> Ticket[T]:
        """Add an item under its keys. Raises QueueFull."""
        with self._lock:
            if self._size >= self._most:
                raise QueueFull
            ahead = max((self._waiting[urgent, key] for key in keys), default=0)
            self._number += 1
            ticket = Ticket(item, keys, urgent, self._round[urgent] + ahead, self._number)
            heapq.heappush(self._heap, ticket)
            self._count(ticket, 1)
            return ticket

    def pop(self) -> T | None:
        """Remove and return the item whose turn it is; None when nothing waits."""
        with self._lock:
            while self._heap:
                ticket = heapq.heappop(self._heap)
                if ticket.item is not None:
                    self._round[ticket.is_urgent] = ticket.round
                    return self._take(ticket)
            return None

    def discard(self, ticket: Ticket[T]) -> bool:
        """Remove an item; False when it is no longer in the queue."""
        with self._lock:
            return ticket.item is not None and self._take(ticket) is not None

    def _take(self, ticket: Ticket[T]) -> T | None:
        # The heap keeps a discarded ticket until its turn, without what it was for.
        item, ticket.item = ticket.item, None
        self._count(ticket, -1)
        return item

    def _count(self, ticket: Ticket[T], by: int) -> None:
        self._size += by
        for key in ticket.keys:
            place = ticket.is_urgent, key
            self._waiting[place] += by
            if not self._waiting[place]:
                del self._waiting[place]
