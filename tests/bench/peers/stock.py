"""The other peer of the relay bench: the same relay as the tutorial of Channels would have it.

One AsyncJsonWebsocketConsumer, groups for the rooms, the layer in memory, served by ``daphne``. Without accounts,
limits or a database, and without the session middleware, which would cost it more.
"""

from __future__ import annotations

from typing import Any

import django
from django.conf import settings

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    INSTALLED_APPS=["channels"],
    CHANNEL_LAYERS={"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}},
)
django.setup()

from channels.generic.websocket import AsyncJsonWebsocketConsumer  # noqa: E402 - needs the settings
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from django.urls import path  # noqa: E402

Event = dict[str, Any]


class Relay(AsyncJsonWebsocketConsumer):
    async def connect(self) -> None:
        self.room = self.scope["url_route"]["kwargs"]["room"]
        await self.channel_layer.group_add(self.room, self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:
        await self.channel_layer.group_discard(self.room, self.channel_name)

    async def receive_json(self, content: Event, **kwargs: Any) -> None:
        if content["type"] == "hello":
            me = {"id": self.channel_name}
            await self.send_json({"type": "welcome", "seat": self.channel_name, "seats": [me]})
            await self.channel_layer.group_send(self.room, {"type": "seat.joined", "seat": me})
        elif content["type"] == "signal":
            event = {"type": "signal.sent", "from": self.channel_name, "data": content["data"]}
            await self.channel_layer.send(content["to"], event)

    async def seat_joined(self, event: Event) -> None:
        """Tell the browser of the newcomer, and the newcomer of us."""
        await self.send_json({"type": "seat.joined", "seat": event["seat"]})
        if event["seat"]["id"] != self.channel_name:
            here = {"type": "seat.here", "seat": {"id": self.channel_name}}
            await self.channel_layer.send(event["seat"]["id"], here)

    async def seat_here(self, event: Event) -> None:
        await self.send_json({"type": "seat.joined", "seat": event["seat"]})

    async def signal_sent(self, event: Event) -> None:
        await self.send_json({"type": "signal", "from": event["from"], "data": event["data"]})


application = ProtocolTypeRouter({"websocket": URLRouter([path("ws/r/<slug:room>/", Relay.as_asgi())])})
