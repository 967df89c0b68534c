"""The servers that the benches compare."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.generator import Client
from tests.bench.processes import pin
from tests.machine import accepts, free_port, program
from tests.services import Service
from tests.stack import Stack

PEERS = Path(__file__).parent / "peers"
CORE = 0


def cast(stack: Stack, rooms: int, size: int) -> list[Client]:
    """New rooms and people in the database of ``stack``; the people of a room are spread over its processes."""
    command = [sys.executable, "-m", "tests.bench.seed", str(rooms), str(size)]
    environment = stack.processes[0].environment()
    made = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    ports = [int(origin.rpartition(":")[2]) for origin in stack.origins]
    people = [line.split(" ") for line in made.stdout.splitlines()]
    return [Client(ports[n % len(ports)], path, cookie) for n, (path, cookie) in enumerate(people)]


class Contestant:
    """``dialect`` is the generator's; ``core`` is the one it is kept on, if any."""

    dialect = "plain"
    core: int | None = CORE

    def __init__(self, name: str) -> None:
        self.name = name

    @contextmanager
    def running(self) -> Iterator[list[int]]:
        """Run it afresh; its process ids."""
        raise NotImplementedError

    def clients(self, rooms: int, size: int) -> list[Client]:
        """The people that the generator plays; read while the server runs."""
        raise NotImplementedError


class Lanai(Contestant):
    """The real app, in one process or several."""

    def __init__(self, name: str, stack: Stack, core: int | None = CORE) -> None:
        super().__init__(name)
        self.stack = stack
        self.core = core

    @contextmanager
    def running(self) -> Iterator[list[int]]:
        self.stack.start_what_ended()
        pids = [process.process.pid for process in self.stack.processes if process.process]
        if self.core is not None:
            for pid in pids:
                pin(pid, self.core)
        yield pids
        if complaints := self.stack.complaints():
            print(f"\n{self.name} complained:", *complaints[:5])
        self.stack.stop()

    def clients(self, rooms: int, size: int) -> list[Client]:
        return cast(self.stack, rooms, size)


class Peer(Contestant, Service):
    """A relay without rooms in a table: whoever comes to a path is in it."""

    path: str

    def __init__(self, name: str) -> None:
        Contestant.__init__(self, name)
        Service.__init__(self)
        self.port = free_port()

    def is_ready(self) -> bool:
        return accepts("127.0.0.1", self.port)

    @contextmanager
    def running(self) -> Iterator[list[int]]:
        self.start()
        assert self.process
        pin(self.process.pid, CORE)
        yield [self.process.pid]
        self.stop()

    def clients(self, rooms: int, size: int) -> list[Client]:
        return [Client(self.port, self.path.format(n // size)) for n in range(rooms * size)]


class SocketIo(Peer):
    dialect = "socketio"
    path = "/socket.io/?EIO=4&transport=websocket&room=r{}"

    def command(self) -> list[str]:
        if not (PEERS / "node_modules").exists():
            install = [program("npm"), "ci", "--no-audit", "--no-fund", "--loglevel=error"]
            subprocess.run(install, cwd=PEERS, check=True)
        return [program("node"), str(PEERS / "relay.js"), str(self.port)]


class Stock(Peer):
    path = "/ws/r/r{}/"

    def command(self) -> list[str]:
        return [sys.executable, "-m", "daphne", "-v0", "-p", str(self.port), "tests.bench.peers.stock:application"]

    def environment(self) -> dict[str, str]:
        return {**os.environ, "PYTHONPATH": str(PEERS.parents[2])}
