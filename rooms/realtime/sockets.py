"""What all sockets have in common: accept, decode, limit, keep order, write, close. No rules and no tables."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from datetime import timedelta
from typing import Any

from channels.consumer import AsyncConsumer
from msgspec import UNSET

from accounts.people import Person
from config.ground.addresses import address_of_scope
from config.ground.clock import clock
from rooms import protocol
from rooms.protocol import Refused
from rooms.realtime.hub import Hub
from rooms.realtime.outbox import Outbox
from rooms.realtime.rate_limits import ConnectionLimit, TokenBucket
from rooms.realtime.runtime import current_hub
from rooms.realtime.tasks import start_eagerly
from rooms.rules.access import address_group
from rooms.rules.lease import AWAY_GRACE, RELOAD_GRACE
from rooms.rules.person_keys import person_key
from rooms.runtime.executors import QueueFull, Turn, WorkDropped, take_turn
from rooms.services.joining import JoinRejected

log = logging.getLogger("lanai.socket")

GOING_AWAY = 1001
# How long a person waits before coming back, whose address or account has too many sockets.
TOO_MANY_RETRY_SECONDS = 10.0
# What one socket may have waiting for the database; while that is away, it must not fill our memory.
QUEUE_LIMIT = protocol.FRAMES_BURST
# Nobody waits at the door, or stays in the roster, because of what others have to say.
URGENT = protocol.Hello | protocol.Leave


class BaseSocket(AsyncConsumer):
    """One WebSocket, as a plain receive loop.

    Channels' own loop makes a task per event and goes through a thread after each; with ``channel_layer_alias = None``
    and a ``__call__`` of our own it stays a consumer and costs what a bare ASGI function costs.
    """

    channel_layer_alias = None  # type: ignore[assignment]
    kind: protocol.SocketKind
    hub: Hub

    def __init__(self) -> None:
        self.heard_at = clock.seconds()
        self.deadline: float | None = None
        self.overdue = "try_again"
        self.person: Person | None = None
        self.session_key = ""
        self._bucket = TokenBucket()
        self._outbox = Outbox()
        self._writing = False
        self._writer: asyncio.Future[None] | None = None
        self._queue: deque[Any] = deque()
        self._worker: asyncio.Task[Any] | None = None
        self._bye: protocol.Bye | None = None
        self._detached = False
        self._counted: list[tuple[ConnectionLimit, str]] = []
        self._person_key = ""
        self._is_leaving = False
        self._turn = Turn(urgent=True)

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        self.scope, self._send = scope, send
        await receive()
        await send({"type": "websocket.accept"})
        self.hub = current_hub()
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
            if self._writer is not None and self._bye is None:
                self._writer.cancel()

    async def _admit(self) -> bool:
        """Find out who connects to what; False after a bye."""
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
        if not self._count(self.hub.per_address, address):
            return "too_many"
        self._turn.keys = (f"address {address}",)
        take_turn(self._turn)
        refusal = await self.identify()
        if refusal is None and self.person is not None:
            self._person_key = person_key(self.person.user_id, self.person.guest)
            self._turn.keys = (self._person_key, *self.places())
            return None if self._count(self.hub.per_person, self._person_key) else "too_many"
        return refusal

    def _count(self, limit: ConnectionLimit, key: str) -> bool:
        if self._detached or not limit.acquire(key):
            return False
        self._counted.append((limit, key))
        return True

    # --- reading ----------------------------------------------------------------------------------

    async def _read(self, receive: Any) -> int:
        """Handle frames until the socket closes; return the close code."""
        while True:
            event = await receive()
            if event["type"] == "websocket.disconnect":
                return int(event.get("code") or 1006)
            if self._bye is None:
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
                self._enqueue(message)
            elif message.ref is not UNSET:
                self.answer(protocol.Ack(ref=message.ref))
        except Refused as refusal:
            self._refuse(refusal, message)

    def _check_rate(self, message: Any) -> None:
        """Raise Refused for a message beyond its rate, and close the socket that goes on and on."""
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

    def _enqueue(self, message: Any) -> None:
        if len(self._queue) >= QUEUE_LIMIT:
            raise Refused("try_again")
        self._queue.append(message)
        if self._worker is None:
            self._worker = self.hub.tasks.spawn(self._run_queue())

    async def _run_queue(self) -> None:
        """Handle what takes time, in the order it was sent."""
        take_turn(self._turn)
        try:
            while self._queue:
                message = self._queue.popleft()
                self._turn.urgent = isinstance(message, URGENT)
                self._is_leaving = isinstance(message, protocol.Leave)
                await self._run(message)
        finally:
            self._worker = None

    async def _run(self, message: Any) -> None:
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
        self._put(frame)

    def offer_signal(self, frame: str, sender: str) -> bool:
        """Send a signal of another seat, in order; False when too much of that sender waits already.

        A page that reads slowly is not closed for what one other page sends it.
        """
        if self._outbox.share(sender) + len(frame) > protocol.SIGNAL_SHARE_BYTES:
            return False
        self._put(frame, sender)
        return True

    def _put(self, frame: str, sender: str = "") -> None:
        if self._bye is not None:
            return
        if self._outbox.size + len(frame) > protocol.SIGNAL_BACKLOG_BYTES:
            self._outbox.clear()
            self.close_with(protocol.bye("too_slow"))
            return
        self._outbox.put(frame, sender)
        self._continue_writing()

    def close_with(self, bye: protocol.Bye) -> None:
        """Send the bye after what was sent so far, close, and release the seat without waiting for the other side."""
        if self._bye is not None:
            return
        self._outbox.put(protocol.encode(bye))
        self._bye = bye
        self._continue_writing()
        self.detach(AWAY_GRACE)

    def _continue_writing(self) -> None:
        """Write at once, as far as ``send`` does not wait: a task for each frame would cost more than the frame."""
        if not self._writing and (rest := start_eagerly(self._write())):
            self._writer = self.hub.tasks.spawn(rest, lasting=True)

    async def _write(self) -> None:
        """Write one frame after the other. ``send`` waits while the other side does not read; the server ends that."""
        self._writing = True
        try:
            while self._outbox:
                frame = self._outbox.pop()
                await self._send({"type": "websocket.send", "text": frame})
            if self._bye is not None:
                await self._send({"type": "websocket.close", "code": protocol.BYES[self._bye.code][0]})
        except (OSError, RuntimeError) as problem:
            log.debug("a socket could not be written to: %s", type(problem).__name__)
        except Exception:  # whatever it is, it must not reach the code that had something to send
            log.exception("a socket could not be written to")
        finally:
            self._writing = False

    # --- closing ----------------------------------------------------------------------------------

    def detach(self, grace: timedelta) -> None:
        """Release everything this socket holds, once; ``grace`` is how long its seat waits to be resumed."""
        if not self._detached:
            self._detached = True
            self._drop_queue()
            self.hub.sockets.discard(self)
            for limit, key in self._counted:
                limit.release(key)
            self.hub.tasks.spawn(self._clean_up(grace))

    def _drop_queue(self) -> None:
        """Give up what was asked on this socket and has not begun, except to leave: nobody waits for the answers.

        Pages send again what was not acknowledged when they are back. Before a goodbye, the message in hand is done.
        """
        said_goodbye = [message for message in self._queue if isinstance(message, protocol.Leave)]
        self._queue = deque(said_goodbye[:1])
        if not said_goodbye and not self._is_leaving:
            self._turn.drop()

    async def _clean_up(self, grace: timedelta) -> None:
        take_turn(Turn(urgent=True))
        if self._worker is not None and self._worker is not asyncio.current_task():
            await asyncio.wait([self._worker])
        await self.release(grace)
        if self._bye is not None and self._writer is not None:
            await asyncio.wait([self._writer])

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
