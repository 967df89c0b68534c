"""The base of all sockets: accepts, admits, decodes and limits frames, and closes. It knows no rules and no tables."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

from channels.consumer import AsyncConsumer
from msgspec import UNSET

from accounts.people import Person
from config.ground.addresses import address_group, address_of_scope
from config.ground.clock import clock
from rooms import protocol
from rooms.protocol import Refused
from rooms.realtime.hub import Hub
from rooms.realtime.rate_limits import HeldConnections, TokenBucket
from rooms.realtime.runtime import current_hub
from rooms.realtime.work_queue import WorkQueue
from rooms.realtime.writer import Writer
from rooms.rules.lease import AWAY_GRACE, RELOAD_GRACE
from rooms.rules.person_keys import person_key
from rooms.runtime.executors import QueueFull, Turn, WorkDropped, take_turn
from rooms.services.joining import JoinRejected

log = logging.getLogger("lanai.socket")

GOING_AWAY = 1001
# After this time a page comes back whose address or account had too many sockets, or which sent too much.
TOO_MANY_RETRY_SECONDS = 10.0


class BaseSocket(AsyncConsumer):
    """One WebSocket, as a plain receive loop.

    Channels' own loop makes a task per event and goes through a thread after each; with ``channel_layer_alias = None``
    and a ``__call__`` of our own it stays a consumer and costs what a bare ASGI function costs.

    Messages that need no waiting are handled in this loop, the others by ``work_queue``; ``writer`` sends.
    """

    channel_layer_alias = None  # type: ignore[assignment]
    kind: protocol.SocketKind
    hub: Hub
    writer: Writer
    work_queue: WorkQueue

    def __init__(self) -> None:
        self.heard_at = clock.seconds()
        self.deadline: float | None = None
        self.overdue = "try_again"
        self.person: Person | None = None
        self.session_key = ""
        self._bucket = TokenBucket()
        self._connections = HeldConnections()
        self._person_key = ""
        self._turn = Turn(urgent=True)
        self._is_detached = False

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        self.scope = scope
        await receive()
        await send({"type": "websocket.accept"})
        self.hub = current_hub()
        self.writer = Writer(send, self.hub.tasks.spawn)
        self.work_queue = WorkQueue(self._turn, self._run, self.hub.tasks.spawn)
        self.hub.sockets.add(self)
        close_code = 1006
        try:
            if await self._admit():
                close_code = await self._read(receive)
            else:
                await self._read_until_closed(receive)
        finally:
            # The clean-up is a task of the hub: a server that stops cancels this one.
            self.detach(RELOAD_GRACE if close_code == GOING_AWAY else AWAY_GRACE)
            self.writer.abandon()

    async def _admit(self) -> bool:
        """Identify the person and the room, and check the limits of sockets; False after a bye."""
        if self.hub.draining:
            self.close_with(protocol.bye("restarting"))
            return False
        try:
            refusal = await self._check_admission()
        except (WorkDropped, QueueFull):
            refusal = "try_again"
        except Exception:  # of the database or the cache: each client library has its own
            log.exception("a socket could not be admitted")
            refusal = "try_again"
        if refusal == "too_many":
            self.close_with(protocol.bye(refusal, retry_in=TOO_MANY_RETRY_SECONDS))
        elif refusal:
            self.close_with(protocol.bye(refusal))
        # Counted from here: the page is not to blame for the time that admission took.
        self.heard_at = clock.seconds()
        self.deadline = self.heard_at + protocol.HELLO_SECONDS
        return refusal is None

    async def _check_admission(self) -> str | None:
        """Return the code of a bye, or None: the address and the person are within their limits, and may connect."""
        address = address_group(address_of_scope(self.scope))
        if not self._connections.acquire(self.hub.per_address, address):
            return "too_many"
        self._turn.keys = (f"address {address}",)
        take_turn(self._turn)
        refusal = await self.identify()
        if refusal is None and self.person is not None:
            self._person_key = person_key(self.person.user_id, self.person.guest)
            self._turn.keys = (self._person_key, *self.places())
            return None if self._connections.acquire(self.hub.per_person, self._person_key) else "too_many"
        return refusal

    # --- reading ----------------------------------------------------------------------------------

    async def _read(self, receive: Any) -> int:
        """Handle frames until the socket closes; return the close code."""
        while True:
            event = await receive()
            if event["type"] == "websocket.disconnect":
                return int(event.get("code") or 1006)
            if not self.writer.is_closing:
                self._on_frame(event.get("text"))

    @staticmethod
    async def _read_until_closed(receive: Any) -> None:
        while (await receive())["type"] != "websocket.disconnect":
            pass

    def _on_frame(self, text: str | None) -> None:
        self.heard_at = clock.seconds()
        message = None
        try:
            if not self._bucket.take():
                self._on_excess()
                return
            if text is None:
                raise Refused("bad_message", "Binary frames are not understood.")
            message = protocol.decode(text, self.kind)
            self._check_rate(message)
            if not self.handle_immediately(message):
                self.work_queue.put(message)
            elif message.ref is not UNSET:
                self.answer(protocol.Ack(ref=message.ref))
        except Refused as refusal:
            self._refuse(refusal, message)

    def _check_rate(self, message: Any) -> None:
        """Raise Refused for a message beyond its rate, and close a socket that keeps sending them."""
        try:
            self.hub.rates.check(message, self.sender_key(), self._person_key)
        except Refused:
            if not self.hub.rates.tolerates(self.sender_key(), self._person_key):
                self.close_with(protocol.bye("too_many", retry_in=TOO_MANY_RETRY_SECONDS))
            raise

    def _on_excess(self) -> None:
        """Refuse the first frame over the limit, ignore the next ones, and close in a flood."""
        if self._bucket.is_flooded:
            self.close_with(protocol.bye("too_many"))
        elif self._bucket.excess == 1:
            raise Refused("too_many")

    async def _run(self, message: Any) -> None:
        """Handle a message of the work queue."""
        try:
            await self.handle(message)
        except Refused as refusal:
            self._refuse(refusal, message)
        except JoinRejected as rejection:
            self.close_with(protocol.bye(rejection.code))
        except WorkDropped:
            pass  # the socket has closed
        except QueueFull:
            self._refuse(Refused("try_again"), message)
        except Exception:
            log.exception("a message of type %s failed", type(message).__name__)
            self._refuse(Refused("try_again"), message)
        else:
            if message.ref is not UNSET:
                self.answer(protocol.Ack(ref=message.ref))

    def _refuse(self, refusal: Refused, message: Any) -> None:
        self.answer(refusal.error(message.ref if message is not None else None))

    # --- writing ----------------------------------------------------------------------------------

    def answer(self, message: protocol.ServerMessage) -> None:
        """Send what answers this socket's own message."""
        self.send_message(message)

    def send_message(self, message: protocol.ServerMessage) -> None:
        self.send_frame(protocol.encode(message))

    def send_frame(self, frame: str) -> None:
        """Send a frame, in order. A page that does not read is closed before it fills our memory."""
        if not self.writer.put(frame):
            self.close_with(protocol.bye("too_slow"))

    def offer_signal(self, frame: str, sender: str) -> bool:
        """Send a signal of another seat, in order; False when too much of that sender waits already.

        A page that reads slowly is not closed for what one other page sends it.
        """
        if not self.writer.has_share_left(frame, sender):
            return False
        if not self.writer.put(frame, sender):
            self.close_with(protocol.bye("too_slow"))
        return True

    # --- closing ----------------------------------------------------------------------------------

    def close_with(self, bye: protocol.Bye) -> None:
        """Send the bye after what was sent so far, close, and release the seat without waiting for the other side."""
        if not self.writer.is_closing:
            self.writer.close(protocol.encode(bye), protocol.BYES[bye.code][0])
            self.detach(AWAY_GRACE)

    def detach(self, grace: timedelta) -> None:
        """Release everything this socket holds, once; ``grace`` is how long its seat waits to be resumed."""
        if not self._is_detached:
            self._is_detached = True
            self.work_queue.drop()
            self.hub.sockets.discard(self)
            self._connections.release()
            self.hub.tasks.spawn(self._clean_up(grace))

    async def _clean_up(self, grace: timedelta) -> None:
        take_turn(Turn(urgent=True))
        await self.work_queue.wait()
        await self.release(grace)
        await self.writer.wait_closed()

    # --- what each kind of socket adds ------------------------------------------------------------

    def sender_key(self) -> str:
        """Return under which key the rates of this socket's messages are counted."""
        raise NotImplementedError

    def places(self) -> tuple[str, ...]:
        """Return what this socket's database work shares its turn with, beside the person."""
        return ()

    async def identify(self) -> str | None:
        """Resolve the person and the place; return the code of a bye where they may not connect."""
        raise NotImplementedError

    def handle_immediately(self, message: Any) -> bool:
        """Handle a message that needs no waiting; False for the others."""
        raise NotImplementedError

    async def handle(self, message: Any) -> None:
        """Handle a message in its turn. Raises Refused, JoinRejected."""
        raise NotImplementedError

    async def release(self, grace: timedelta) -> None:
        """Release the place that the socket holds."""
        raise NotImplementedError
