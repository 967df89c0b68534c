"""Publish/subscribe between processes over the channel layer.

The layer promises no delivery, and neither does this: a message is a hint, and the reconciler repairs what was lost.
Without a shared layer (one process, in memory) nothing is sent at all.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from channels.layers import InMemoryChannelLayer, get_channel_layer

from rooms.realtime.bus_messages import BusMessage, decode, encode

log = logging.getLogger("lanai.bus")

QUEUE_LIMIT = 10_000
SEND_SECONDS = 2
RETRY_SECONDS = 1
PROBE_TOPIC = "probe"  # nobody follows it


class Bus:
    """This process on the bus. ``on_message`` gets what other processes publish on the topics that this one follows.

    ``dropped`` counts the messages that were not published. ``reaches_others`` tells whether messages may reach
    anybody: the layer is shared, and took the last message it was given.
    """

    def __init__(self, process_id: str, on_message: Callable[[BusMessage], None]) -> None:
        layer = get_channel_layer()
        self._layer: Any = None if layer is None or isinstance(layer, InMemoryChannelLayer) else layer
        self._process_id = process_id
        self._on_message = on_message
        self._topics: set[str] = set()
        self._followed: set[str] = set()
        self._outbox: asyncio.Queue[tuple[str, dict[str, Any]]] = asyncio.Queue(QUEUE_LIMIT)
        self._channel = ""
        self._ready = asyncio.Event()
        self.dropped: int = 0
        self.reaches_others = self.is_shared

    @property
    def is_shared(self) -> bool:
        return self._layer is not None

    def tasks(self) -> list[Any]:
        """Return the coroutines that have to run for the bus to work."""
        return [self._receive(), self._publish_queued(), self._catch_up()] if self.is_shared else []

    async def follow(self, topic: str) -> bool:
        """Receive messages on ``topic`` from now on.

        False when the layer is away; the topic is then followed as soon as it is back.
        """
        if not self.is_shared:
            return True
        self._topics.add(topic)
        return await self._follow(topic) and self.reaches_others

    async def _follow(self, topic: str) -> bool:
        """Wait for the layer even when another follower already does: none may read a snapshot before that."""
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
        """Probe the layer for ever, and follow the topics that could not be followed while it was away."""
        while True:
            await asyncio.sleep(RETRY_SECONDS)
            await self._send_now(PROBE_TOPIC, {"boot": self._process_id})
            for topic in self._topics - self._followed:
                if not await self._follow(topic):
                    break

    async def unfollow(self, topic: str) -> None:
        """Receive no more messages on ``topic``."""
        if topic not in self._topics:
            return
        self._topics.discard(topic)
        self._followed.discard(topic)
        try:
            await self._layer.group_discard(topic, self._channel)
        except Exception as problem:  # noqa: BLE001
            log.warning("cannot leave a topic: %s", type(problem).__name__)

    def publish(self, topic: str, message: BusMessage) -> None:
        """Queue a message for the other processes that follow ``topic``; best effort, in order, never waits."""
        if not self.is_shared:
            return
        if not self.reaches_others:
            self.dropped += 1  # it would arrive too late to be true; the reconciler tells the state of then
            return
        try:
            self._outbox.put_nowait((topic, {**encode(message), "boot": self._process_id}))
        except asyncio.QueueFull:
            self.dropped += 1

    async def _publish_queued(self) -> None:
        while True:
            if not await self._send_now(*await self._outbox.get()):
                self.dropped += 1

    async def _send_now(self, topic: str, event: dict[str, Any]) -> bool:
        """Publish a message; return whether the layer took it."""
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

    def _handle(self, topic: str, event: dict[str, Any]) -> None:
        if event.get("boot") == self._process_id:
            return
        try:
            self._on_message(decode(topic, event))
        except Exception:
            # One bad message must not cost the channel: a new channel would leave the old one to fill up unread.
            log.exception("a message from another process could not be handled")

    async def _receive(self) -> None:
        while True:
            try:
                self._channel = await self._layer.new_channel()
                self._followed.clear()
                self._ready.set()
                while True:
                    received = await self._layer.receive(self._channel)
                    self._handle(received["topic"], received["event"])
            except Exception as problem:  # noqa: BLE001
                self._ready.clear()
                log.warning("the bus lost its channel layer: %s", type(problem).__name__)
                await asyncio.sleep(RETRY_SECONDS)
