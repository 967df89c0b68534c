"""Sockets that see a room without a seat in it: from its green room, and from its owner's list of rooms."""

from __future__ import annotations

from typing import Any

from tests.model.clocked_stack import ClockedProcess
from tests.model.connection import Connection
from tests.model.reference_model import ExpectedRoom


class Observer:
    """A socket that is opened again after the room was closed, or after its preview ended."""

    byes = {"closed", "idle"}

    def __init__(self, process: ClockedProcess, path: str, cookie: str, question: str) -> None:
        self._process, self._path, self._cookie, self._question = process, path, cookie, question
        self.line = Connection()
        self.line.close_code = 0

    async def come_back(self, expected: ExpectedRoom) -> None:
        """Open the socket again if it was closed, and if there is anything to see."""
        if self.line.is_open or not self.has_something_to_see(expected):
            return
        assert self.line.bye is None or self.line.bye["code"] in self.byes, self.line.bye
        self.line = Connection()
        await self.line.open(self._process.origin, self._path, self._cookie)
        await self.look()

    def has_something_to_see(self, expected: ExpectedRoom) -> bool:
        return True

    async def look(self) -> None:
        """Request a new snapshot and check it."""
        if self.line.is_open:
            await self.line.ask(self._question)

    async def check(self, expected: ExpectedRoom) -> None:
        if not self.has_something_to_see(expected):
            await self.line.closed()
            return
        people = sorted(place.nickname for place in expected.live())
        # Lists are read beside the sweep, so the last one may still be on its way.
        await self.line.until(lambda: self.sees() == people, f"sight of {people}, by {self._question}")
        self.line.heard.clear()
        await self.look()

    def sees(self) -> Any:
        raise NotImplementedError


class GreenRoomObserver(Observer):
    """A previewer in the green room."""

    def __init__(self, process: ClockedProcess, slug: str, cookie: str) -> None:
        super().__init__(process, f"/ws/r/{slug}/", cookie, "peek")

    def has_something_to_see(self, expected: ExpectedRoom) -> bool:
        return expected.is_open

    def sees(self) -> list[str]:
        told = [message for message in self.line.heard if message["type"] == "room"][-1]
        assert told["inside"] == len(told["nicknames"])
        return sorted(told["nicknames"])


class RoomListObserver(Observer):
    """The owner of one room, with the list of rooms open."""

    def __init__(self, process: ClockedProcess, cookie: str) -> None:
        super().__init__(process, "/ws/live/", cookie, "subscribe")

    def sees(self) -> list[str] | None:
        rooms = [
            room
            for message in self.line.heard
            for room in message.get("rooms", [message.get("room")])
            if message["type"] in ("live", "live.room")
        ]
        return sorted(rooms[-1]["people"]) if rooms else None
