"""A page's side of the wire: one socket, the messages received on it, and the roster reduced from them."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
from typing import Any

import websockets
from websockets.asyncio.client import ClientConnection, connect

PATIENCE = 10
GOODBYE = 1001  # the close code of a browser whose page is closed


class Roster:
    """The people of the room as a page knows them: snapshot and events in one, older events ignored."""

    def __init__(self) -> None:
        self.seats: dict[str, dict[str, Any]] = {}
        self._gone: dict[str, int] = {}

    def fold(self, message: dict[str, Any]) -> None:
        if message["type"] == "welcome":
            self._replace(message["seats"])
        elif message["type"] in ("seat.joined", "seat.updated"):
            self._put(message["seat"])
        elif message["type"] == "seat.left":
            known = self.seats.get(message["id"], {"rev": 0})
            if message["rev"] >= known["rev"]:
                self._drop(message["id"], message["rev"])

    def _replace(self, seats: list[dict[str, Any]]) -> None:
        for seat in seats:
            self._put(seat)
        listed = {seat["id"] for seat in seats}
        for seat_id in [seat_id for seat_id in self.seats if seat_id not in listed]:
            self._drop(seat_id, self.seats[seat_id]["rev"])

    def _put(self, seat: dict[str, Any]) -> None:
        known = self.seats.get(seat["id"], {"rev": 0})
        if seat["rev"] > max(known["rev"], self._gone.get(seat["id"], 0)):
            self.seats[seat["id"]] = seat

    def _drop(self, seat_id: str, rev: int) -> None:
        self.seats.pop(seat_id, None)
        self._gone[seat_id] = max(rev, self._gone.get(seat_id, 0))


class Connection:
    """One socket of one page."""

    _refs = itertools.count(1)

    def __init__(self) -> None:
        self.roster = Roster()
        self.welcome: dict[str, Any] = {}
        self.room: dict[str, Any] = {}
        self.heard: list[dict[str, Any]] = []
        self.bye: dict[str, Any] | None = None
        self.close_code: int | None = None
        self.answers = 0  # acks, errors with a ref and pongs so far
        self._pongs = 0
        self._answers: dict[str, dict[str, Any]] = {}
        self._news = asyncio.Condition()

    @property
    def seat(self) -> str:
        return str(self.welcome.get("seat", ""))

    @property
    def is_open(self) -> bool:
        return self.close_code is None

    async def open(self, origin: str, path: str, cookie: str) -> None:
        self._socket: ClientConnection = await connect(
            origin.replace("http", "ws") + path,
            additional_headers={"Cookie": cookie},
            origin=websockets.Origin(origin),
            max_size=None,
            ping_interval=None,
        )
        self._reader = asyncio.create_task(self._read())

    async def _read(self) -> None:
        with contextlib.suppress(websockets.ConnectionClosed):
            while True:
                await self._take(json.loads(await self._socket.recv()))
        async with self._news:
            self.close_code = self._socket.close_code
            self._news.notify_all()

    async def _take(self, message: dict[str, Any]) -> None:
        self.roster.fold(message)
        match message["type"]:
            case "welcome":
                self.welcome, self.room = message, message["room"]
            case "room.updated" if message["room"]["rev"] > self.room.get("rev", 0):
                self.room = message["room"]
            case "bye":
                self.bye = message
        async with self._news:
            if message["type"] == "pong":
                self._pongs += 1
                self.answers += 1
            elif message["type"] in ("ack", "error") and "ref" in message:
                self._answers[message["ref"]] = message
                self.answers += 1
            else:
                self.heard.append(message)
            self._news.notify_all()

    async def send(self, frame: str | bytes, text: bool | None = None) -> None:
        with contextlib.suppress(websockets.ConnectionClosed):
            await self._socket.send(frame, text=text)

    async def say(self, type: str, **fields: Any) -> None:
        await self.send(json.dumps({"type": type, **fields}))

    async def ask(self, type: str, **fields: Any) -> dict[str, Any]:
        """Send a message and return its answer: an ack, an error or a bye. No answer is a failure."""
        ref = fields.setdefault("ref", f"ref-{next(self._refs)}")
        await self.say(type, **fields)
        return await self.answer_to(ref, type)

    def has_answer(self, ref: str) -> bool:
        return ref in self._answers

    async def answer_to(self, ref: str, type: str) -> dict[str, Any]:
        await self.until(lambda: ref in self._answers or not self.is_open, f"an answer to {type}")
        if ref in self._answers:
            return self._answers.pop(ref)
        assert self.bye is not None, f"{type} was answered with a bare {self.close_code}"
        return self.bye

    async def beat(self) -> None:
        """Send a heartbeat and wait for its answer; every message that the server sent before has then been applied."""
        before = self._pongs
        await self.say("ping")
        await self.until(lambda: self._pongs > before or not self.is_open, "a pong")

    async def until(self, holds: Any, what: str) -> None:
        try:
            async with asyncio.timeout(PATIENCE), self._news:
                await self._news.wait_for(holds)
        except TimeoutError:
            raise AssertionError(f"still no {what}; heard {self.heard[-10:]}") from None

    async def closed(self) -> int:
        await self.until(lambda: not self.is_open, "close")
        await self._reader
        assert self.close_code is not None
        return self.close_code

    async def drop(self) -> None:
        """Cut the network: nothing is sent any more."""
        self._socket.transport.abort()
        await self.closed()

    async def close(self, code: int = GOODBYE) -> None:
        await self._socket.close(code)
        await self.closed()
