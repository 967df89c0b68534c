"""All connections of a process, whatever they do: how many of them one address may have."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import Any

from config.ground import descriptors
from config.serving.idle_connections import PROXIES, End, IdleConnections, address_key, idle_connections


class OpenConnections:
    """Keeps up to ``per_address`` connections; beyond that, one that waits for a request makes way, or the newest goes.

    Waiting ones have a limit of their own. This one also counts requests that never end, and WebSockets: those beyond
    their limit take a descriptor for as long as the other side takes to close.
    """

    def __init__(self, per_address: int, idle: IdleConnections) -> None:
        self._per_address, self._idle = per_address, idle
        self._keys: dict[Any, str] = {}
        self._counts: Counter[str] = Counter()

    def add(self, transport: Any, address: str, end: End) -> None:
        """A connection was made; ``end`` closes it without delay. It counts until it is discarded."""
        key = address_key(address)
        self._keys[transport] = key
        self._counts[key] += 1
        if key != PROXIES and self._counts[key] > self._per_address and not self._idle.end_oldest(address):
            end()

    def discard(self, transport: Any) -> None:
        """The connection is over. A WebSocket has the transport of the request that it began as."""
        key = self._keys.pop(transport, None)
        if key is not None:
            self._counts[key] -= 1
            if not self._counts[key]:
                del self._counts[key]


@lru_cache
def open_connections() -> OpenConnections:
    """Return those of this process."""
    return OpenConnections(descriptors.limit() // 2, idle_connections())
