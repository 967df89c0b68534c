"""Fixtures: pages without a browser, and real servers for them (Daphne or uvicorn, one process or a cluster)."""

from __future__ import annotations

import asyncio
import http.client
import json
import secrets
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest
import websockets

from tests.services import Postgres, Redis
from tests.stack import MANAGE, Process, Stack

PATIENCE = 10
MAKE_ROOM = """
from accounts.models import User
from rooms.services.rooms import create_room
owner, _ = User.objects.get_or_create(email="owner@example.org", defaults={"nickname": "Olive"})
print("ROOM", create_room(owner=owner, name="Weekly").slug)
"""


# For tests of the server software, where one process or several make no difference.
each_server = pytest.mark.parametrize("stack", ["embedded-daphne", "cluster-uvicorn"], indirect=True)


@pytest.fixture(scope="package", params=["embedded-daphne", "cluster-daphne", "cluster-uvicorn"])
def stack(request: pytest.FixtureRequest) -> Iterator[Stack]:
    """embedded: one process and SQLite. cluster: two processes, PostgreSQL and Redis."""
    size, _, server = request.param.partition("-")
    settings = {"LANAI_SERVER": server}
    if size == "cluster":
        redis: Redis = request.getfixturevalue("redis_server")
        postgres: Postgres = request.getfixturevalue("postgres_server")
        settings |= {"DATABASE_URL": postgres.new_database(), "REDIS_URL": redis.url}
    with Stack(size, processes=2 if size == "cluster" else 1, **settings) as running:
        yield running


@pytest.fixture(autouse=True)
def quiet_log(stack: Stack) -> Iterator[None]:
    stack.complaints()
    yield
    assert stack.complaints() == []


@pytest.fixture
def slug(stack: Stack) -> str:
    environment = stack.processes[0].environment()
    command = [*MANAGE, "shell", "-v0", "-c", MAKE_ROOM]
    made = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return made.stdout.split("ROOM ")[1].strip()


class Page:
    """A guest's page: its own session, and a socket that can be reopened at any process."""

    def __init__(self, slug: str) -> None:
        self.slug = slug
        self.cookie = ""
        self.key, self.page, self.attempt = secrets.token_hex(16), secrets.token_hex(4), 0
        self.seat = ""
        self.heard: list[dict[str, Any]] = []
        self._opened: list[websockets.ClientConnection] = []

    def visit(self, process: Process) -> None:
        """Load the room's page, whose response sets the guest's session cookie."""
        host = process.origin.removeprefix("http://")
        connection = http.client.HTTPConnection(host, timeout=PATIENCE)
        connection.request("GET", f"/r/{self.slug}/", headers={"Cookie": self.cookie})
        answer = connection.getresponse()
        assert answer.status == 200, answer.status
        answer.read()
        for header in answer.headers.get_all("Set-Cookie") or []:
            if header.startswith("lanai="):
                self.cookie = header.split(";")[0]
        connection.close()

    async def open(self, process: Process) -> None:
        if not self.cookie:
            await asyncio.to_thread(self.visit, process)
        url = process.origin.replace("http", "ws") + f"/ws/r/{self.slug}/"
        headers = {"Cookie": self.cookie}
        self.socket = await websockets.connect(
            url, additional_headers=headers, origin=websockets.Origin(process.origin), max_size=None
        )
        self._opened.append(self.socket)

    async def close(self) -> None:
        """Close every socket that was opened: an older one may have been told of its closing but not be closed yet."""
        await asyncio.gather(*(opened.close() for opened in self._opened))

    async def say(self, type: str, **fields: Any) -> None:
        await self.socket.send(json.dumps({"type": type, **fields}))

    async def hear(self, *types: str) -> dict[str, Any]:
        for index, kept in enumerate(self.heard):
            if kept["type"] in types:
                return self.heard.pop(index)
        async with asyncio.timeout(PATIENCE):
            while True:
                message: dict[str, Any] = json.loads(await self.socket.recv())
                if message["type"] in types:
                    return message
                self.heard.append(message)

    async def join(self, nickname: str) -> dict[str, Any]:
        self.attempt += 1
        await self.say(
            "hello", key=self.key, page=self.page, attempt=self.attempt, nickname=nickname, mic=True, cam=True
        )
        answer = await self.hear("welcome", "error", "bye")
        assert answer["type"] == "welcome", answer
        self.seat = answer["seat"]
        return answer


@pytest.fixture
async def pages(stack: Stack, slug: str) -> AsyncIterator[Callable[..., Any]]:
    """``await pages(n)`` opens a page's socket at process n, modulo the number of processes."""
    opened: list[Page] = []

    async def open_page(process: int = 0) -> Page:
        page = Page(slug)
        await page.open(stack.processes[process % len(stack.processes)])
        opened.append(page)
        return page

    yield open_page
    await asyncio.gather(*(page.close() for page in opened))
