"""The cast and the vocabulary of the room tests: owner, guest, outsider, and callers who talk over the wire."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import AsyncIterator, Callable, Iterator
from importlib import import_module
from typing import Any

import pytest
from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from accounts.models import User
from accounts.people import GUEST_KEY
from config.ground.clock import clock
from rooms.models import Room, Seat
from rooms.realtime import runtime
from rooms.realtime.hub import Hub
from rooms.runtime.executors import seat_executor
from rooms.services import rooms as services

ORIGIN = settings.SITE_ORIGINS[0]
PATIENCE = 5


class MovingClock:
    """The clock of a test: it stands until it is moved."""

    def __init__(self, start: float) -> None:
        self.time = start

    def __call__(self) -> float:
        return self.time

    def move(self, seconds: float) -> None:
        self.time += seconds


@pytest.fixture
def time() -> Iterator[MovingClock]:
    moving, before = MovingClock(1_795_000_000.0), clock.source
    clock.source = moving
    yield moving
    clock.source = before


@pytest.fixture
def owner(transactional_db: None) -> User:
    return User.objects.create_user(email="owner@example.org", password="a long password", nickname="Olive")


@pytest.fixture
def outsider(transactional_db: None) -> User:
    return User.objects.create_user(email="outsider@example.org", password="a long password", nickname="Otto")


@pytest.fixture
def room(owner: User) -> Room:
    return services.create_room(owner=owner, name="Weekly")


def session_cookie(user: User | None = None, *, guest: bool = True) -> str:
    """A browser's session: of a user, or of a guest."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    if guest:
        session[GUEST_KEY] = secrets.token_hex(16)
    if user:
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


class Caller:
    """One page's socket, over the wire: JSON in, JSON out."""

    def __init__(self, path: str, cookie: str, origin: str | None = ORIGIN) -> None:
        from config.asgi import application

        headers = [(b"cookie", cookie.encode())]
        if origin:
            headers.append((b"origin", origin.encode()))
        self._socket = WebsocketCommunicator(application, path, headers=headers)
        self.cookie = cookie
        self.seat = self.key = ""
        self.welcome: dict[str, Any] = {}
        self.closed_with: int | None = None
        self._heard: list[dict[str, Any]] = []

    async def connect(self) -> bool:
        accepted, _ = await self._socket.connect(timeout=PATIENCE)
        return bool(accepted)

    async def say(self, type: str, **fields: Any) -> None:
        await self.say_raw(json.dumps({"type": type, **fields}))

    async def say_raw(self, text: str | None = None, bytes_data: bytes | None = None) -> None:
        await self._socket.send_to(text_data=text, bytes_data=bytes_data)

    async def hear(self, *types: str) -> dict[str, Any]:
        """The next message of one of these types; what comes before it is kept aside."""
        for index, kept in enumerate(self._heard):
            if kept["type"] in types:
                return self._heard.pop(index)
        while True:
            event = await self._socket.receive_output(PATIENCE)
            if event["type"] == "websocket.close":
                self.closed_with = event["code"]
                raise AssertionError(f"closed with {event['code']} before {types}; heard {self._heard}")
            message: dict[str, Any] = json.loads(event["text"])
            if message["type"] in types:
                return message
            self._heard.append(message)

    async def hears_nothing_of(self, type: str) -> bool:
        """True when no such message came before the answer to a ping said now."""
        await self.say("ping")
        await self.hear("pong")
        return all(message["type"] != type for message in self._heard)

    async def bye(self) -> dict[str, Any]:
        """The goodbye, after which the server closes."""
        message = await self.hear("bye")
        event = await self._socket.receive_output(PATIENCE)
        assert event["type"] == "websocket.close"
        self.closed_with = event["code"]
        return message

    async def join(self, nickname: str, **fields: Any) -> dict[str, Any]:
        """Say hello and hear the answer: welcome, error or bye."""
        hello = {
            "key": secrets.token_hex(16),
            "page": secrets.token_hex(4),
            "attempt": 1,
            "mic": True,
            "cam": True,
        }
        await self.say("hello", nickname=nickname, **{**hello, **fields})
        self.key = {**hello, **fields}["key"]
        answer = await self.hear("welcome", "error", "bye")
        if answer["type"] == "welcome":
            self.welcome, self.seat = answer, answer["seat"]
        return answer

    def roster(self) -> dict[str, str]:
        return {seat["id"]: seat["nickname"] for seat in self.welcome["seats"]}

    async def close(self, code: int = 1001) -> None:
        """Close as a browser does: 1001 for a reload or a closed tab, 1006 for a lost connection."""
        if self._socket.future.cancelled():  # by a wait in vain, of which the test has told already
            return
        await self._socket.send_input({"type": "websocket.disconnect", "code": code})
        await self._socket.wait(PATIENCE)


@pytest.fixture
async def hub(transactional_db: None, time: MovingClock) -> AsyncIterator[Hub]:
    """The hub of this process, which sweeps only when the test says so."""
    made = Hub()
    runtime.install(made)
    made.start(reconciling=False)
    try:
        yield made
        await asyncio.wait_for(made.tasks.settle(), PATIENCE)
        assert not made.rooms, "a room was left with sockets in it"
        assert not made.sockets, "a socket was not let go"
    finally:
        await runtime.remove()


@pytest.fixture
async def door(hub: Hub, room: Room) -> AsyncIterator[Callable[..., Any]]:
    """``await door()`` connects a guest, ``await door(user)`` a signed-in user, to the room."""
    callers: list[Caller] = []

    async def knock(
        user: User | None = None,
        *,
        cookie: str | None = None,
        slug: str | None = None,
        path: str | None = None,
    ) -> Caller:
        if cookie is None:
            cookie = await seat_executor.run(session_cookie, user)
        caller = Caller(path or f"/ws/r/{slug or room.slug}/", cookie)
        assert await caller.connect()
        callers.append(caller)
        return caller

    yield knock
    for caller in callers:
        if caller.closed_with is None:
            await asyncio.wait_for(caller.close(1006), PATIENCE)
        else:
            await asyncio.wait_for(caller.close(caller.closed_with), PATIENCE)


@pytest.fixture
def seat_row() -> Callable[[str], Any]:
    """``await seat_row(id)`` reads a seat from the table."""

    async def read(seat_id: str) -> Seat:
        return await seat_executor.run(Seat.objects.get, pk=seat_id)

    return read
