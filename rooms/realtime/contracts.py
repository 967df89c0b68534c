"""Protocols for what the parts of the realtime floor use of each other, so that none depends on a whole class."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, Protocol

from accounts.people import Person
from rooms import protocol
from rooms.rules.lease import Lease


class Spawn(Protocol):
    """Runs a coroutine as a task of the hub."""

    def __call__(self, work: Coroutine[Any, Any, Any], *, lasting: bool = False) -> asyncio.Task[Any]: ...


class Socket(Protocol):
    """Any open socket, as the reconciler, sign-outs and a stopping server see it.

    ``heard_at`` and ``deadline`` are seconds of the app's clock; past the deadline the socket is closed with the bye
    code ``overdue``. ``session_key`` is that of the handshake's cookie.
    """

    person: Person | None
    session_key: str
    heard_at: float
    deadline: float | None
    overdue: str

    def close_with(self, bye: protocol.Bye) -> None: ...


class Recipient(Protocol):
    """A socket that messages can be sent to."""

    def send_message(self, message: protocol.ServerMessage) -> None: ...
    def send_frame(self, frame: str) -> None: ...


class RoomRecipient(Recipient, Protocol):
    """A socket of a room, as the hub and its rooms see it.

    ``told_preview`` is the last preview that a green room was sent.
    """

    person: Person | None
    may_enter: bool
    told_preview: str

    @property
    def room_id(self) -> int: ...
    @property
    def owner_id(self) -> int: ...
    @property
    def seat_id(self) -> str | None: ...
    @property
    def held_rev(self) -> int: ...
    @property
    def lease(self) -> Lease: ...

    def offer_signal(self, frame: str, sender: str) -> bool: ...
    def close_with(self, bye: protocol.Bye) -> None: ...
