"""Between processes: one mailbox per process, one generic event, through the channel layer.

The layer promises nothing, and neither does this: an event is a hint, the sweep is the truth. Without a shared
layer (one process in memory) nothing is sent at all.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from channels.layers import InMemoryChannelLayer, get_channel_layer

log = logging.getLogger("lanai.mailbox")

QUEUE_LIMIT = 10_000
SEND_SECONDS = 2
RETRY_SECONDS = 1
PROBE = "probe"  # a topic that nobody follows


class Mailbox:
    """``on_event(topic, event)`` gets what other processes published on the topics this one follows."""

    def __init__(self, boot: str, on_event: Callable[[str, dict[str, Any]], None]) -> None:
        layer = get_channel_layer()
        self._layer: Any = None if layer is None or isinstance(layer, InMemoryChannelLayer) else layer
        self._boot = boot
        self._on_event = on_event
        self._topics: set[str] = set()
        self._followed: set[str] = set()
        self._outbox: asyncio.Queue[tuple[str, dict[str, Any]]] = asyncio.Queue(QUEUE_LIMIT)
        self._channel = ""
        self._ready = asyncio.Event()
        self.dropped: int = 0
        # Whether what is published may reach anybody: the layer is shared, and took what it was last given.
        self.reaches_others = self.is_shared

    @property
    def is_shared(self) -> bool:
        return self._layer is not None

    def tasks(self) -> list[Any]:
        """What has to run for the mailbox to work."""
        return [self._receive(), self._send(), self._catch_up()] if self.is_shared else []

    async def follow(self, topic: str) -> bool:
        """Hear of ``topic`` from now on. When the layer is away, which False tells, as soon as it is back."""
        if not self.is_shared:
            return True
        self._topics.add(topic)
        return await self._follow(topic) and self.reaches_others

    async def _follow(self, topic: str) -> bool:
        """Also for the second who asks while the first still waits: it must not read a snapshot before."""
        if topic in self._followed:
            return True
        try:
            async with asyncio.timeout(SEND_SECONDS):
                await self._ready.wait()
                await self._layer.group_add(topic, self._channel)
        except Exception as problem:  # noqa: BLE001 - each client library has its own
            log.warning("cannot follow a topic yet: %s", type(problem).__name__)
            return False
        if topic in self._topics:
            self._followed.add(topic)
        return True

    async def _catch_up(self) -> None:
        """Learn whether the layer is there, and follow what could not be followed while it was away."""
        while True:
            await asyncio.sleep(RETRY_SECONDS)
            await self._hand_over(PROBE, {"boot": self._boot})
            for topic in self._topics - self._followed:
                if not await self._follow(topic):
                    break

    async def unfollow(self, topic: str) -> None:
        if topic not in self._topics:
            return
        self._topics.discard(topic)
        self._followed.discard(topic)
        try:
            await self._layer.group_discard(topic, self._channel)
        except Exception as problem:  # noqa: BLE001
            log.warning("cannot leave a topic: %s", type(problem).__name__)

    def publish(self, topic: str, event: dict[str, Any]) -> None:
        """Tell the other processes that follow ``topic``; best effort, in order, never waits."""
        if not self.is_shared:
            return
        if not self.reaches_others:
            self.dropped += 1  # old news by the time it could be told; the sweep tells what is true then
            return
        try:
            self._outbox.put_nowait((topic, {**event, "boot": self._boot}))
        except asyncio.QueueFull:
            self.dropped += 1

    async def _send(self) -> None:
        while True:
            if not await self._hand_over(*await self._outbox.get()):
                self.dropped += 1

    async def _hand_over(self, topic: str, event: dict[str, Any]) -> bool:
        """Publish now; whether the layer took it."""
        try:
            async with asyncio.timeout(SEND_SECONDS):
                await self._layer.group_send(topic, {"type": "lanai.event", "topic": topic, "event": event})
        except Exception as problem:  # noqa: BLE001 - nothing a client library raises may end the task
            if self.reaches_others:
                log.warning("other processes cannot be told: %s", type(problem).__name__)
            self.reaches_others = False
        else:
            self.reaches_others = True
        return self.reaches_others

    def _take(self, message: dict[str, Any]) -> None:
        if message["event"]["boot"] == self._boot:
            return
        try:
            self._on_event(message["topic"], message["event"])
        except Exception:
            # One bad event must not cost the channel: a new one would leave the old to fill up unread.
            log.exception("an event could not be taken in")

    async def _receive(self) -> None:
        while True:
            try:
                self._channel = await self._layer.new_channel()
                self._followed.clear()
                self._ready.set()
                while True:
                    self._take(await self._layer.receive(self._channel))
            except Exception as problem:  # noqa: BLE001
                self._ready.clear()
                log.warning("the mailbox lost its layer: %s", type(problem).__name__)
                await asyncio.sleep(RETRY_SECONDS)
