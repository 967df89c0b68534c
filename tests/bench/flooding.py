"""Sockets that flood a server: of chat, of switches before a full green room, of lists. Run as a process of its own."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import random
import secrets
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any

import websockets

from rooms.protocol import limits as protocol
from tests.bench.generator import Client
from tests.bench.processes import raise_file_limit

SOCKETS, LINES_PER_SECOND = 48, 45
LOOKERS, TOGGLERS, TOGGLES_PER_SECOND = 1200, 6, 10
SUBSCRIBERS, SUBSCRIBES_PER_SECOND = 40, 10
DIALS_AT_ONCE = 40

Begin = Callable[[websockets.ClientConnection, int], Awaitable[Any]]


async def dial(client: Client) -> websockets.ClientConnection:
    origin = websockets.Origin(f"http://127.0.0.1:{client.port}")
    url = f"ws://127.0.0.1:{client.port}{client.path}"
    headers = {"Cookie": client.cookie}
    return await websockets.connect(
        url, additional_headers=headers, origin=origin, max_size=None, compression=None, open_timeout=60
    )


async def say(socket: websockets.ClientConnection, type: str, **fields: Any) -> None:
    await socket.send(json.dumps({"type": type, **fields}))


async def hear(socket: websockets.ClientConnection, *types: str) -> dict[str, Any]:
    while True:
        message: dict[str, Any] = json.loads(await socket.recv())
        if message["type"] in types:
            return message


async def join(socket: websockets.ClientConnection, nickname: str) -> str:
    key, page = secrets.token_hex(16), secrets.token_hex(4)
    await say(socket, "hello", key=key, page=page, attempt=1, nickname=nickname, mic=True, cam=True)
    answer = await hear(socket, "welcome", "error", "bye")
    assert answer["type"] == "welcome", answer
    return str(answer["seat"])


async def dial_all(clients: list[Client], begin: Begin, tasks: set[asyncio.Task[None]]) -> list[Any]:
    """Not all at once: a server that is being dialled by thousands is another measurement."""

    async def one(client: Client, number: int) -> websockets.ClientConnection:
        socket = await dial(client)
        await begin(socket, number)
        live_on(socket, tasks)
        return socket

    opened: list[websockets.ClientConnection] = []
    for start in range(0, len(clients), DIALS_AT_ONCE):
        batch = clients[start : start + DIALS_AT_ONCE]
        opened += await asyncio.gather(*map(one, batch, range(start, start + len(batch))))
    return opened


async def swallow(socket: websockets.ClientConnection) -> None:
    with contextlib.suppress(websockets.ConnectionClosed):
        async for _ in socket:
            pass


# --- the attacks: prepare sockets, and return what floods -----------------------------------------

Flood = Callable[[asyncio.Event], Awaitable[None]]


Message = Callable[[int], dict[str, Any]]


async def flood_with(
    sockets: list[websockets.ClientConnection], rate: float, stop: asyncio.Event, make: Message
) -> None:
    """Each socket sends the n-th message at its time, ``rate`` a second, until ``stop``."""

    async def one(socket: websockets.ClientConnection) -> None:
        began = time.monotonic()
        with contextlib.suppress(websockets.ConnectionClosed):
            for n in itertools.count():
                if stop.is_set():
                    return
                await say(socket, **make(n))
                await asyncio.sleep(max(0.0, began + (n + 1) / rate - time.monotonic()))

    await asyncio.gather(*map(one, sockets))


async def beat(socket: websockets.ClientConnection) -> None:
    with contextlib.suppress(websockets.ConnectionClosed):
        while True:
            await asyncio.sleep(protocol.HEARTBEAT_SECONDS * (0.5 + random.random() / 2))
            await say(socket, "ping")


def live_on(socket: websockets.ClientConnection, tasks: set[asyncio.Task[None]]) -> None:
    """Read what comes, and send heartbeats, as a page does."""
    tasks |= {asyncio.create_task(swallow(socket)), asyncio.create_task(beat(socket))}


async def chat_flood(clients: list[Client], tasks: set[asyncio.Task[None]]) -> Flood:
    """One account in the rooms it owns, one socket in each; they close when they have done."""
    sockets = await dial_all(clients, lambda socket, n: join(socket, f"Flood {n}"), tasks)

    async def flood(stop: asyncio.Event) -> None:
        make: Message = lambda n: {"type": "chat", "text": "x" * 500, "ref": f"c{n}"}  # noqa: E731
        await flood_with(sockets, LINES_PER_SECOND, stop, make)
        await asyncio.gather(*(socket.close() for socket in sockets))

    return flood


async def toggle_flood(clients: list[Client], tasks: set[asyncio.Task[None]]) -> Flood:
    """A green room full of lookers, while the people inside switch their microphones."""

    async def begin(socket: websockets.ClientConnection, n: int) -> None:
        if n < TOGGLERS:
            await join(socket, f"Toggler {n}")
        else:
            await say(socket, "peek")
            await hear(socket, "room")

    inside = (await dial_all(clients, begin, tasks))[:TOGGLERS]

    async def flood(stop: asyncio.Event) -> None:
        await flood_with(inside, TOGGLES_PER_SECOND, stop, lambda n: {"type": "state", "mic": n % 2 == 0})

    return flood


async def subscribe_flood(clients: list[Client], tasks: set[asyncio.Task[None]]) -> Flood:
    """Pages of one owner's list that ask for it again and again."""
    sockets = await dial_all(clients, lambda socket, n: say(socket, "subscribe"), tasks)

    async def flood(stop: asyncio.Event) -> None:
        await flood_with(sockets, SUBSCRIBES_PER_SECOND, stop, lambda n: {"type": "subscribe"})

    return flood


ATTACKS = {"chat": chat_flood, "lookers": toggle_flood, "lists": subscribe_flood}


def run_attack(name: str, clients: list[Client]) -> None:
    """A process of its own: tells "ready", and then obeys "start" and "stop" on its standard input."""

    async def run() -> None:
        tasks: set[asyncio.Task[None]] = set()
        flood = await ATTACKS[name](clients, tasks)
        print("ready", flush=True)
        stop = asyncio.Event()
        flooding: asyncio.Task[None] | None = None
        while order := (await asyncio.to_thread(sys.stdin.readline)).strip():
            if order == "start":
                flooding = asyncio.ensure_future(flood(stop))
            if order == "stop":
                stop.set()
        if flooding:
            await flooding

    asyncio.run(run())


@contextlib.contextmanager
def attackers(name: str, clients: list[Client]) -> Any:
    orders = json.dumps([[client.port, client.path, client.cookie] for client in clients])
    command = [sys.executable, "-m", "tests.bench.flooding", name]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdin and running.stdout
        try:
            running.stdin.write(orders + "\n")
            running.stdin.flush()
            assert running.stdout.readline().strip() == "ready"
            yield lambda order: (running.stdin.write(order + "\n"), running.stdin.flush())
        finally:
            running.kill()


if __name__ == "__main__":
    raise_file_limit()
    run_attack(sys.argv[1], [Client(*one) for one in json.loads(sys.stdin.readline())])
