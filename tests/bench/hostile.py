"""A neighbour's join and ping while other people's sockets flood the server, beside the same sockets silent.

Each attack runs twice against one server: first its sockets are open and say nothing, then they do what they can. The
neighbour is in a room of their own; before, during and after, their heartbeat is answered and guests join them.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from statistics import median
from typing import Any

import websockets

from tests.bench import hostile_page
from tests.bench.contestants import cast
from tests.bench.flooding import ATTACKS, LOOKERS, SOCKETS, SUBSCRIBERS, TOGGLERS, attackers, dial, hear, join, say
from tests.bench.generator import Client
from tests.bench.processes import raise_file_limit
from tests.bench.tables import print_table
from tests.stack import Stack

SPAN_SECONDS = 6
PING_EVERY_SECONDS = 0.02
JOIN_EVERY_SECONDS = 0.5
SPANS = ("before", "during", "after")
QUIET, ATTACK = "silent", "attack"


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
    hostile_page.main()
