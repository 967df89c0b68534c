"""Fixtures of the room tests: users, a room, the hub, an injected clock, and WebSocket clients.

The people of the tests are the room's owner, an outsider (signed in, but not the owner) and guests without an account.
"""

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
from rooms.services.rooms import create_room

ORIGIN = settings.SITE_ORIGINS[0]
TIMEOUT_SECONDS = 5


class FakeClock:
    """A clock that stands still until it is advanced. ``seconds`` counts from 1970."""

    def __init__(self, start: float) -> None:
        self.seconds = start

    def __call__(self) -> float:
        return self.seconds

    def advance(self, seconds: float) -> None:
        self.seconds += seconds


@pytest.fixture
def time() -> Iterator[FakeClock]:
    """The clock of the app, which only the test advances."""
    fake, before = FakeClock(1_795_000_000.0), clock.source
    clock.source = fake
    yield fake
    clock.source = before


@pytest.fixture
def owner(transactional_db: None) -> User:
    return User.objects.create_user(email="owner@example.org", password="a long password", nickname="Olive")


@pytest.fixture
def outsider(transactional_db: None) -> User:
    return User.objects.create_user(email="outsider@example.org", password="a long password", nickname="Otto")


@pytest.fixture
def room(owner: User) -> Room:
    return create_room(owner=owner, name="Weekly")


def session_cookie(user: User | None = None, *, guest: bool = True) -> str:
    """Create a session of a user or a guest; return its Cookie header."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    if guest:
        session[GUEST_KEY] = secrets.token_hex(16)
    if user:
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


class SocketClient:
    """The WebSocket of one page, through the whole ASGI application: sends and receives JSON messages.

    After ``join`` it has the seat's id, its key and the welcome. ``closed_with`` is the close code, once closed.
    """

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
        self._kept: list[dict[str, Any]] = []

    async def connect(self) -> bool:
        accepted, _ = await self._socket.connect(timeout=TIMEOUT_SECONDS)
        return bool(accepted)

    async def send(self, type: str, **fields: Any) -> None:
        """Send a message."""
        await self.send_raw(json.dumps({"type": type, **fields}))

    async def send_raw(self, text: str | None = None, bytes_data: bytes | None = None) -> None:
        await self._socket.send_to(text_data=text, bytes_data=bytes_data)

    async def receive(self, *types: str) -> dict[str, Any]:
        """Return the next message of one of these types; messages of other types before it are kept for later."""
        for index, kept in enumerate(self._kept):
            if kept["type"] in types:
                return self._kept.pop(index)
        while True:
            event = await self._socket.receive_output(TIMEOUT_SECONDS)
            if event["type"] == "websocket.close":
                self.closed_with = event["code"]
                raise AssertionError(f"closed with {event['code']} before {types}; received {self._kept}")
            message: dict[str, Any] = json.loads(event["text"])
            if message["type"] in types:
                return message
            self._kept.append(message)

    async def receives_no(self, type: str) -> bool:
        """Send a ping; True if no message of this type arrives before the pong."""
        await self.send("ping")
        await self.receive("pong")
        return all(message["type"] != type for message in self._kept)

    async def receive_bye(self) -> dict[str, Any]:
        """Return the bye message, and check that the server closes the socket after it."""
        message = await self.receive("bye")
        event = await self._socket.receive_output(TIMEOUT_SECONDS)
        assert event["type"] == "websocket.close"
        self.closed_with = event["code"]
        return message

    async def join(self, nickname: str, **fields: Any) -> dict[str, Any]:
        """Send a hello and return the answer: welcome, error or bye."""
        hello = {
            "key": secrets.token_hex(16),
            "page": secrets.token_hex(4),
            "attempt": 1,
            "mic": True,
            "cam": True,
        }
        await self.send("hello", nickname=nickname, **{**hello, **fields})
        self.key = {**hello, **fields}["key"]
        answer = await self.receive("welcome", "error", "bye")
        if answer["type"] == "welcome":
            self.welcome, self.seat = answer, answer["seat"]
        return answer

    def roster(self) -> dict[str, str]:
        """Nicknames by seat id, as in the welcome."""
        return {seat["id"]: seat["nickname"] for seat in self.welcome["seats"]}

    async def close(self, code: int = 1001) -> None:
        """Close with the code a browser has: 1001 for a reload or a closed tab, 1006 for a lost connection."""
        if self._socket.future.cancelled():  # by a timeout in receive, which has failed the test already
            return
        await self._socket.send_input({"type": "websocket.disconnect", "code": code})
        await self._socket.wait(TIMEOUT_SECONDS)


@pytest.fixture
async def hub(transactional_db: None, time: FakeClock) -> AsyncIterator[Hub]:
    """The hub of this process; it reconciles only when the test calls the reconciler."""
    hub = Hub()
    runtime.install(hub)
    hub.start(reconciling=False)
    try:
        yield hub
        await asyncio.wait_for(hub.tasks.settle(), TIMEOUT_SECONDS)
        assert not hub.rooms, "a room was left with sockets in it"
        assert not hub.sockets, "a socket was not released"
    finally:
        await runtime.remove()


@pytest.fixture
async def connect(hub: Hub, room: Room) -> AsyncIterator[Callable[..., Any]]:
    """``await connect()`` connects a guest to the room, ``await connect(user)`` a signed-in user.

    ``cookie`` reuses the session of another client; ``slug`` and ``path`` connect to another room or path.
    """
    clients: list[SocketClient] = []

    async def connect_client(
        user: User | None = None,
        *,
        cookie: str | None = None,
        slug: str | None = None,
        path: str | None = None,
    ) -> SocketClient:
        if cookie is None:
            cookie = await seat_executor.run(session_cookie, user)
        client = SocketClient(path or f"/ws/r/{slug or room.slug}/", cookie)
        assert await client.connect()
        clients.append(client)
        return client

    yield connect_client
    for client in clients:
        if client.closed_with is None:
            await asyncio.wait_for(client.close(1006), TIMEOUT_SECONDS)
        else:
            await asyncio.wait_for(client.close(client.closed_with), TIMEOUT_SECONDS)


@pytest.fixture
def seat_row() -> Callable[[str], Any]:
    """``await seat_row(id)`` reads a seat from the database."""

    async def read(seat_id: str) -> Seat:
        return await seat_executor.run(Seat.objects.get, pk=seat_id)

    return read
