"""What every socket does: accept, decode, keep order, write, say goodbye. No rules, no tables."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from datetime import timedelta
from typing import Any, Literal, Protocol

from channels.consumer import AsyncConsumer
from msgspec import UNSET

from accounts.people import Person
from config.addresses import address_of_scope
from rooms import protocol
from rooms.access import source
from rooms.clock import clock
from rooms.eager import begin
from rooms.hub import Hub, current_hub
from rooms.limits import Crowd, TokenBucket
from rooms.protocol import Refused
from rooms.seats import AWAY_GRACE, RELOAD_GRACE
from rooms.taking import Turned

log = logging.getLogger("lanai.socket")

GOING_AWAY = 1001
CROWD_SECONDS = 10.0  # until somebody whose address has too many sockets may come back
# What one socket may have waiting for the database; while that is away, it must not fill our memory.
TODO_LIMIT = protocol.FRAMES_BURST


class Kept(Protocol):
    """What the sweep watches of any socket."""

    heard_at: float
    deadline: float | None
    overdue: str

    def dismiss(self, bye: protocol.Bye) -> None: ...


class BaseSocket(AsyncConsumer):
    """One WebSocket, as a plain receive loop.

    Channels' own loop makes a task per event and goes through a thread after each; with
    ``channel_layer_alias = None`` and ``__call__`` of our own it stays a consumer and costs what a bare
    ASGI function costs.
    """

    channel_layer_alias = None  # type: ignore[assignment]
    kind: Literal["room", "live"]
    hub: Hub

    def __init__(self) -> None:
        self.heard_at = clock.seconds()
        self.deadline: float | None = None
        self.overdue = "try_again"
        self._bucket = TokenBucket()
        self._outbox: deque[str] = deque()
        self._outbox_bytes = 0
        self._writing = False
        self._writer: asyncio.Future[None] | None = None
        self._todo: deque[Any] = deque()
        self._worker: asyncio.Task[Any] | None = None
        self._bye: protocol.Bye | None = None
        self._parted = False
        self.person: Person | None = None
        self._counted: list[tuple[Crowd, str]] = []

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        self.scope, self._send = scope, send
        await receive()
        await send({"type": "websocket.accept"})
        self.hub = current_hub()
        self.hub.sweep.sockets.add(self)
        close_code = 1006
        try:
            if await self._admit():
                close_code = await self._listen(receive)
            else:
                await self._until_closed(receive)
        finally:
            # Not on this task: a server that stops cancels it.
            self.part(RELOAD_GRACE if close_code == GOING_AWAY else AWAY_GRACE)
            if self._writer is not None and self._bye is None:
                self._writer.cancel()

    async def _admit(self) -> bool:
        """Find out who asks for what; False after a bye."""
        if self.hub.draining:
            self.dismiss(protocol.bye("restarting"))
            return False
        try:
            refusal = await self._find_out()
        except Exception:  # the database's or the cache's: each client library has its own
            log.exception("a socket could not be admitted")
            refusal = "try_again"
        if refusal == "too_many":
            self.dismiss(protocol.bye(refusal, retry_in=CROWD_SECONDS))
        elif refusal:
            self.dismiss(protocol.bye(refusal))
        # Counted from here: how long we took to find out who asks is no fault of the page.
        self.heard_at = clock.seconds()
        self.deadline = self.heard_at + protocol.HELLO_SECONDS
        return refusal is None

    async def _find_out(self) -> str | None:
        """Who it is, unless their address or they themselves have too many sockets here already."""
        if not self._count(self.hub.addresses, source(address_of_scope(self.scope))):
            return "too_many"
        refusal = await self.enter()
        if refusal is None and self.person is not None:
            name = f"user {self.person.user_id}" if self.person.user_id else f"guest {self.person.guest}"
            return None if self._count(self.hub.people, name) else "too_many"
        return refusal

    def _count(self, crowd: Crowd, key: str) -> bool:
        if self._parted or not crowd.enter(key):
            return False
        self._counted.append((crowd, key))
        return True

    async def _listen(self, receive: Any) -> int:
        while True:
            event = await receive()
            if event["type"] == "websocket.disconnect":
                return int(event.get("code") or 1006)
            if self._bye is None:
                self._hear(event.get("text"))

    @staticmethod
    async def _until_closed(receive: Any) -> None:
        while (await receive())["type"] != "websocket.disconnect":
            pass

    # --- hearing ----------------------------------------------------------------------------------

    def _hear(self, text: str | None) -> None:
        self.heard_at = clock.seconds()
        message = None
        try:
            if not self._bucket.take():
                if self._bucket.is_flooded:
                    self.dismiss(protocol.bye("too_many"))
                elif self._bucket.excess == 1:
                    raise Refused("too_many")
                return
            if text is None:
                raise Refused("bad_message", "Binary frames are not understood.")
            message = protocol.decode(text, self.kind)
            if not self.at_once(message):
                self._do_later(message)
            elif message.ref is not UNSET:
                self.answer(protocol.Ack(ref=message.ref))
        except Refused as refusal:
            self.refuse(refusal, message)

    def _do_later(self, message: Any) -> None:
        if len(self._todo) >= TODO_LIMIT:
            raise Refused("try_again")
        self._todo.append(message)
        if self._worker is None:
            self._worker = self.hub.spawn(self._work())

    async def _work(self) -> None:
        """Do what takes time, in the order it was said."""
        try:
            while self._todo:
                await self._do(self._todo.popleft())
        finally:
            self._worker = None

    async def _do(self, message: Any) -> None:
        try:
            await self.handle(message)
        except Refused as refusal:
            self.refuse(refusal, message)
        except Turned as turned:
            self.dismiss(protocol.bye(turned.code))
        except Exception:
            log.exception("a message of type %s failed", type(message).__name__)
            self.refuse(Refused("try_again"), message)
        else:
            if message.ref is not UNSET:
                self.answer(protocol.Ack(ref=message.ref))

    def refuse(self, refusal: Refused, message: Any) -> None:
        self.answer(refusal.error(message.ref if message is not None else None))

    # --- writing ----------------------------------------------------------------------------------

    def answer(self, message: protocol.ServerMessage) -> None:
        """Say what answers this socket's own message."""
        self.give(message)

    def give(self, message: protocol.ServerMessage) -> None:
        self.post(protocol.encode(message))

    def post(self, frame: str) -> None:
        """Send a frame, in order. Who does not read what was said is sent away before it fills our memory."""
        if self._bye is not None:
            return
        self._outbox_bytes += len(frame)
        if self._outbox_bytes > protocol.SIGNAL_BACKLOG_BYTES:
            self._outbox.clear()
            self.dismiss(protocol.bye("too_slow"))
            return
        self._outbox.append(frame)
        self._go_on_writing()

    def dismiss(self, bye: protocol.Bye) -> None:
        """Say goodbye after what was said so far, close, and let go of the seat without waiting for the other side."""
        if self._bye is not None:
            return
        self._outbox.append(protocol.encode(bye))
        self._bye = bye
        self._go_on_writing()
        self.part(AWAY_GRACE)

    def _go_on_writing(self) -> None:
        """At once as far as ``send`` does not wait. To wake a task for each frame would cost more than the frame."""
        if not self._writing and (rest := begin(self._write())):
            self._writer = self.hub.spawn(rest, lasting=True)

    async def _write(self) -> None:
        """One frame after the other. ``send`` waits while the other side does not read; the server ends that."""
        self._writing = True
        try:
            while self._outbox:
                frame = self._outbox.popleft()
                self._outbox_bytes -= len(frame)
                await self._send({"type": "websocket.send", "text": frame})
            if self._bye is not None:
                await self._send({"type": "websocket.close", "code": protocol.BYES[self._bye.code][0]})
        except (OSError, RuntimeError) as problem:
            log.debug("a socket could not be written to: %s", type(problem).__name__)
        except Exception:  # it is not the fault of who had something to say to this socket
            log.exception("a socket could not be written to")
        finally:
            self._writing = False

    # --- leaving ----------------------------------------------------------------------------------

    def part(self, grace: timedelta) -> None:
        """Let go of everything this socket holds, once."""
        if not self._parted:
            self._parted = True
            self.hub.sweep.sockets.discard(self)
            for crowd, key in self._counted:
                crowd.leave(key)
            self.hub.spawn(self._farewell(grace))

    async def _farewell(self, grace: timedelta) -> None:
        if self._worker is not None and self._worker is not asyncio.current_task():
            await asyncio.wait([self._worker])
        await self.let_go(grace)
        if self._bye is not None and self._writer is not None:
            await asyncio.wait([self._writer])

    # --- what a kind of socket adds ---------------------------------------------------------------

    async def enter(self) -> str | None:
        """Resolve the person and the place; the code of a bye where they may not."""
        raise NotImplementedError

    def at_once(self, message: Any) -> bool:
        """Handle what needs no waiting; False for the rest."""
        raise NotImplementedError

    async def handle(self, message: Any) -> None:
        raise NotImplementedError

    async def let_go(self, grace: timedelta) -> None:
        raise NotImplementedError
