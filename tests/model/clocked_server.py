"""``manage.py serve`` with a clock that a test moves, and a channel layer that may lose messages.

Run by ``tests.model.clocked_stack``. It sweeps only when it is told to, so that a test knows what has happened and
what has not; all else is the server as people run it.
"""

from __future__ import annotations

import asyncio
import inspect
import json
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rooms.realtime.hub import Hub

START = 1_795_000_000.0
SETTLE_SECONDS = 15


class Control:
    """Commands that a test may send to this process, one JSON line each."""

    def __init__(self, hub: Hub, time: dict[str, float]) -> None:
        self._hub = hub
        self._time = time

    async def listen(self, path: str) -> None:
        server = await asyncio.start_unix_server(self._talk, path)
        async with server:
            await server.serve_forever()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while line := await reader.readline():
            name, fields = json.loads(line)
            answer = await getattr(self, name)(**fields)
            writer.write(json.dumps(answer).encode() + b"\n")
            await writer.drain()
        writer.close()

    async def tick(self, at: float) -> None:
        """Set the time, reconcile once, and wait for everything that follows from it."""
        self._time["now"] = at
        await self._hub.reconciler.once()
        await self.settle()

    async def settle(self) -> None:
        async with asyncio.timeout(SETTLE_SECONDS):
            await self._hub.tasks.settle()

    async def until_away(self, id: str) -> None:
        """Wait until a lost socket was noticed and its seat is marked as away."""
        async with asyncio.timeout(SETTLE_SECONDS):
            while (await self.use("seat", {"id": id}))["away"] is False:
                await asyncio.sleep(0.005)
        await self.settle()

    async def mode(self, mode: Any) -> None:
        from channels.layers import get_channel_layer

        layer: Any = get_channel_layer()
        await layer.change_mode(mode)

    async def use(self, name: str, fields: dict[str, Any]) -> Any:
        """Calls a function of ``tests.model.server_actions`` in the executor for seats."""
        from rooms.runtime.executors import seat_executor
        from tests.model import server_actions

        return await seat_executor.run(getattr(server_actions, name), **fields)

    async def holdings(self) -> dict[str, Any]:
        """Return everything that a socket could leave behind."""
        hub = self._hub
        return {
            "rooms": len(hub.rooms),
            "sockets": len(hub.sockets),
            "watchers": len(hub.room_list._owners),
            "topics": len(hub.bus._topics) + len(hub.bus._followed),
            "tasks": len(asyncio.all_tasks()),
            "corrections": hub.reconciler.corrections,
            "dropped": hub.bus.dropped,
        }


def _move_by_hand() -> dict[str, float]:
    from config.ground.clock import clock

    time = {"now": START}
    clock.source = lambda: time["now"]
    return time


def _start_by_hand(time: dict[str, float], path: str) -> None:
    from rooms.realtime.hub import Hub

    start: Callable[..., None] = Hub.start

    def start_without_sweep(hub: Hub) -> None:
        start(hub, reconciling=False)
        hub.tasks.spawn(Control(hub, time).listen(path), lasting=True)

    Hub.start = start_without_sweep  # type: ignore[method-assign,assignment]


def _shorten_lives(seconds: int) -> None:
    """Make everything that expires by default after a day or a month expire after ``seconds``."""
    from channels_redis.core import RedisChannelLayer
    from daphne.server import Server
    from django.conf import settings

    _default(Server, "websocket_timeout", seconds)
    _default(RedisChannelLayer, "group_expiry", seconds)
    _default(RedisChannelLayer, "expiry", seconds)
    settings.SESSION_COOKIE_AGE = seconds


def _default(kind: type, name: str, value: int) -> None:
    """Give a parameter of the class another default."""
    made: Any = kind.__init__  # type: ignore[misc]
    names = list(inspect.signature(made).parameters)
    defaults = list(made.__defaults__)
    defaults[names.index(name) - len(names)] = value
    made.__defaults__ = tuple(defaults)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django
    from django.conf import settings
    from django.core.management import call_command

    settings.CHANNEL_LAYERS["default"]["BACKEND"] = "tests.model.unreliable_layer.UnreliableLayer"
    django.setup()
    if seconds := os.environ.get("SHORT_LIVES"):
        _shorten_lives(int(seconds))
    _start_by_hand(_move_by_hand(), sys.argv[1])
    call_command("serve")


if __name__ == "__main__":
    main()
