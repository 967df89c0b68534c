"""Limits the connections on which the server waits for a request, per address and in total."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.conf import settings

from config.ground import descriptors
from config.ground.addresses import address_group, is_within

End = Callable[[], None]
PROXIES = "proxies"


class IdleConnections:
    """Keeps up to ``per_address`` and ``total`` connections; beyond that, the one that has waited longest is ended.

    Ending the oldest rather than refusing the newest keeps the door open for people who share the address: whoever
    really asks for a page does so at once.
    """

    def __init__(self, per_address: int, total: int) -> None:
        self._per_address, self._total = per_address, total
        # Both in the order in which the connections began to wait, which dictionaries keep.
        self._waiting: dict[Any, tuple[str, End]] = {}
        self._by_address: defaultdict[str, dict[Any, None]] = defaultdict(dict)

    def add(self, connection: Any, address: str, end: End) -> None:
        """The connection begins to wait; ``end`` closes it without delay."""
        self.discard(connection)
        key = address_key(address)
        self._waiting[connection] = key, end
        self._by_address[key][connection] = None
        if key != PROXIES and len(self._by_address[key]) > self._per_address:
            self._end(next(iter(self._by_address[key])))
        elif len(self._waiting) > self._total:
            self._end(next(iter(self._waiting)))

    def end_oldest(self, address: str) -> bool:
        """End the connection of this address that has waited longest; False if none waits."""
        waiting = self._by_address.get(address_key(address))
        if not waiting:
            return False
        self._end(next(iter(waiting)))
        return True

    def discard(self, connection: Any) -> None:
        """The connection is over, or its request has come."""
        key, _ = self._waiting.pop(connection, ("", None))
        self._by_address[key].pop(connection, None)
        if not self._by_address[key]:
            del self._by_address[key]

    def _end(self, connection: Any) -> None:
        _, end = self._waiting[connection]
        self.discard(connection)
        end()


@lru_cache
def idle_connections() -> IdleConnections:
    """Return those of this process. Half of its descriptors are left for WebSockets, requests, files, the database."""
    name = "LANAI_CONNECTIONS_PER_ADDRESS"
    per_address = descriptors.bounded(name, settings.LANAI_CONNECTIONS_PER_ADDRESS, 4)
    return IdleConnections(per_address, descriptors.limit() // 2)


def address_key(address: str) -> str:
    """Return the key under which connections are counted. A proxy keeps them for everybody behind it."""
    return PROXIES if is_within(address, settings.TRUSTED_PROXIES) else address_group(address)
