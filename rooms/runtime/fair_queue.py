"""A queue of waiting work that is served in turn: a backlog of one person or room delays nobody else's work.

This is start-time fair queuing (Goyal, Vin and Cheng, 1996) with equal weights and one unit per item. An item is put
under any number of keys, such as its person and its room, and starts one round after the last item of each of them, so
neither one person in many rooms nor many people in one room get more than one item per round. No clock is used.
"""

from __future__ import annotations

import heapq
import threading
from collections.abc import Hashable
from typing import Generic, TypeVar

T = TypeVar("T")

# Keys without waiting items are forgotten in portions of about this many.
KEYS_KEPT = 1000


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
        self._size = 0
        self._number = 0
        self._round = {True: 0, False: 0}
        # The round in which the next item of a key may start, while that is later than the present round.
        self._next: dict[tuple[bool, Hashable], int] = {}

    def __len__(self) -> int:
        return self._size

    def put(self, item: T, keys: tuple[Hashable, ...] = (), *, urgent: bool = False) -> Ticket[T]:
        """Add an item under its keys. Raises QueueFull."""
        with self._lock:
            if self._size >= self._most:
                raise QueueFull
            self._size += 1
            self._number += 1
            start = max((self._next.get((urgent, key), 0) for key in keys), default=0)
            ticket = Ticket(item, keys, urgent, max(start, self._round[urgent]), self._number)
            self._next.update(dict.fromkeys(((urgent, key) for key in keys), ticket.round + 1))
            heapq.heappush(self._heap, ticket)
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
            if ticket.item is None:
                return False
            for key in ticket.keys:  # an item that was never served costs its keys no round
                place = ticket.is_urgent, key
                self._next[place] = max(self._next.get(place, 0) - 1, self._round[ticket.is_urgent])
            self._take(ticket)
            return True

    def _take(self, ticket: Ticket[T]) -> T | None:
        # The heap keeps a discarded ticket until its turn, with ``item`` None.
        item, ticket.item = ticket.item, None
        self._size -= 1
        if len(self._next) > 2 * self._size + KEYS_KEPT:
            self._next = {place: start for place, start in self._next.items() if start > self._round[place[0]]}
        return item
