"""A channel layer that loses, delays, shuffles and doubles what one process tells the others."""

from __future__ import annotations

from typing import Any, Literal

from channels_redis.pubsub import RedisPubSubChannelLayer

Mood = Literal["pass", "lose", "hold"]


class MoodyLayer(RedisPubSubChannelLayer):
    """``lose`` drops every event; ``hold`` keeps them until the mood changes, and then says all of them twice, the
    last one first."""

    mood: Mood = "pass"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._held: list[tuple[str, dict[str, Any]]] = []

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        if self.mood == "hold":
            self._held.append((group, message))
        elif self.mood == "pass":
            await self._get_layer().group_send(group, message)

    async def change_mood(self, mood: Mood) -> None:
        self.mood = mood
        held, self._held = self._held, []
        if mood == "hold":
            self._held = held
        elif mood == "pass":
            for group, message in [*reversed(held), *held]:
                await self._get_layer().group_send(group, message)
