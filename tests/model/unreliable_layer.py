"""A channel layer that loses, delays, reorders and doubles messages between processes."""

from __future__ import annotations

from typing import Any, Literal

from channels_redis.pubsub import RedisPubSubChannelLayer

Mode = Literal["pass", "lose", "hold"]


class UnreliableLayer(RedisPubSubChannelLayer):
    """``lose`` drops every event; ``hold`` keeps them until the mode changes, and then says all of them twice, the
    last one first."""

    mode: Mode = "pass"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._held: list[tuple[str, dict[str, Any]]] = []

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        if self.mode == "hold":
            self._held.append((group, message))
        elif self.mode == "pass":
            await self._get_layer().group_send(group, message)

    async def change_mode(self, mode: Mode) -> None:
        self.mode = mode
        held, self._held = self._held, []
        if mode == "hold":
            self._held = held
        elif mode == "pass":
            for group, message in [*reversed(held), *held]:
                await self._get_layer().group_send(group, message)
