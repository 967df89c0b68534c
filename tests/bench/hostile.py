"""A neighbour's join and ping while other people's sockets flood the server, beside the same sockets silent.

Each attack runs twice against one server: first its sockets are open and say nothing, then they do what they can. The
neighbour is in a room of their own; before, during and after, their heartbeat is answered and guests join them.
"""

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
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from statistics import median
from typing import Any

import websockets

from rooms.protocol import limits as protocol
from tests.bench.contestants import cast
from tests.bench.generator import Client
from tests.bench.processes import raise_file_limit
from tests.bench.tables import print_table
from tests.stack import Stack

SPAN_SECONDS = 6
PING_EVERY_SECONDS = 0.02
JOIN_EVERY_SECONDS = 0.5
SOCKETS, LINES_PER_SECOND = 48, 45
LOOKERS, TOGGLERS, TOGGLES_PER_SECOND = 1200, 6, 10
SUBSCRIBERS, SUBSCRIBES_PER_SECOND = 40, 10
DIALS_AT_ONCE = 40
SPANS = ("before", "during", "after")
QUIET, ATTACK = "silent", "attack"


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
    command = [sys.executable, "-m", "tests.bench.hostile", name]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdin and running.stdout
        try:
            running.stdin.write(orders + "\n")
            running.stdin.flush()
            assert running.stdout.readline().strip() == "ready"
            yield lambda order: (running.stdin.write(order + "\n"), running.stdin.flush())
        finally:
            running.kill()


# --- the neighbour --------------------------------------------------------------------------------


@dataclass
class Span:
    """Milliseconds of each ping, of each join from the dial to the welcome, and of each live list."""

    pings: list[float] = field(default_factory=list)
    joins: list[float] = field(default_factory=list)
    lists: list[float] = field(default_factory=list)


async def timed(values: list[float], act: Callable[[], Awaitable[Any]]) -> None:
    began = time.monotonic()
    await act()
    values.append((time.monotonic() - began) * 1000)


class Neighbour:
    """A person in a room of their own, whose guests come and go, and who opens the list of their rooms."""

    def __init__(self, owner: Client, guests: list[Client]) -> None:
        self._owner = owner
        self._guests = itertools.cycle(guests)

    @contextlib.asynccontextmanager
    async def present(self) -> AsyncIterator[Neighbour]:
        self._socket = await dial(self._owner)
        await join(self._socket, "Neighbour")
        yield self
        await self._socket.close()

    async def measure(self, seconds: float) -> Span:
        span, until = Span(), time.monotonic() + seconds
        work = ((self._ping, span.pings, PING_EVERY_SECONDS), (self._join, span.joins, JOIN_EVERY_SECONDS),
                (self._list, span.lists, JOIN_EVERY_SECONDS))  # fmt: skip
        await asyncio.gather(*(self._repeat(act, values, every, until) for act, values, every in work))
        return span

    async def _repeat(
        self, act: Callable[[list[float]], Awaitable[None]], values: list[float], every: float, until: float
    ) -> None:
        while time.monotonic() < until:
            await act(values)
            await asyncio.sleep(every)

    async def _ping(self, values: list[float]) -> None:
        async def ping() -> None:
            await say(self._socket, "ping")
            await hear(self._socket, "pong")

        await timed(values, ping)

    async def _join(self, values: list[float]) -> None:
        async def enter() -> None:
            opened.append(await dial(next(self._guests)))
            await join(opened[0], secrets.token_hex(4))

        opened: list[websockets.ClientConnection] = []
        await timed(values, enter)
        await say(opened[0], "leave")
        await hear(opened[0], "bye")
        await opened[0].close()

    async def _list(self, values: list[float]) -> None:
        async def look() -> None:
            opened.append(await dial(Client(self._owner.port, "/ws/live/", self._owner.cookie)))
            await say(opened[0], "subscribe")
            await hear(opened[0], "live")

        opened: list[websockets.ClientConnection] = []
        await timed(values, look)
        await opened[0].close()


async def three_spans(neighbour: Neighbour, tell: Callable[[str], Any], mode: str) -> dict[str, Span]:
    async with neighbour.present():
        spans = {"before": await neighbour.measure(SPAN_SECONDS)}
        if mode == ATTACK:
            tell("start")
        spans["during"] = await neighbour.measure(2 * SPAN_SECONDS)
        tell("stop")
        spans["after"] = await neighbour.measure(SPAN_SECONDS)
    return spans


# --- the parts ------------------------------------------------------------------------------------


def owner_of_many(stack: Stack, rooms: int) -> list[Client]:
    """The sockets of one account in so many rooms of its own; the neighbour has the first of a hundred accounts."""
    return cast(stack, 100 * rooms, 1)[1::100]


def crowd(stack: Stack) -> list[Client]:
    """Guests of many rooms who all come to one, which is not the neighbour's."""
    guests = [client for n, client in enumerate(cast(stack, LOOKERS // 6 + 1, 7)) if n % 7]
    path = cast(stack, 2, 8)[-1].path
    return [Client(guest.port, path, guest.cookie) for guest in guests[: LOOKERS + TOGGLERS]]


def enemies(stack: Stack, name: str) -> list[Client]:
    if name == "lookers":
        return crowd(stack)
    sockets = owner_of_many(stack, SOCKETS)
    if name == "chat":
        return sockets
    return [Client(sockets[0].port, "/ws/live/", sockets[0].cookie)] * SUBSCRIBERS


def measure(stack: Stack, name: str) -> dict[str, dict[str, Span]]:
    """The spans of an attack by mode."""
    modes: dict[str, dict[str, Span]] = {}
    for mode in (QUIET, ATTACK):
        owner, *guests = cast(stack, 1, 4)
        with attackers(name, enemies(stack, name)) as tell:
            modes[mode] = asyncio.run(three_spans(Neighbour(owner, guests), tell, mode))
    return modes


def _figures(quiet: list[float], attack: list[float]) -> list[str]:
    if not (quiet and attack):
        return ["-", "-", "-"]
    ratio = median(attack) / median(quiet)
    return [f"{median(quiet):.1f} ({max(quiet):.0f})", f"{median(attack):.1f} ({max(attack):.0f})", f"{ratio:.1f}"]


def main() -> None:
    raise_file_limit()
    rows = []
    with Stack("hostile") as stack:
        for name in ATTACKS:
            modes = measure(stack, name)
            for span in SPANS:
                quiet, attack = modes[QUIET][span], modes[ATTACK][span]
                figures = [_figures(getattr(quiet, one), getattr(attack, one)) for one in ("pings", "joins", "lists")]
                rows.append([name, span, *itertools.chain(*figures)])
                print(*rows[-1], flush=True)
    heads = ["attack", "span"]
    for what in ("ping", "join", "list"):
        heads += [f"{what} ms without (worst)", f"{what} ms with (worst)", "ratio"]
    title = f"A neighbour beside {SOCKETS} sockets of chat, {LOOKERS} lookers, {SUBSCRIBERS} lists"
    print_table(title, heads, rows)


if __name__ == "__main__":
    raise_file_limit()
    run_attack(sys.argv[1], [Client(*one) for one in json.loads(sys.stdin.readline())])
