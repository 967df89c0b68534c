"""The sockets of this process. What is said in a room reaches those here at once, the others by mailbox."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Coroutine, Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import msgspec
from django.conf import settings

from rooms import outgoing, protocol, seats
from rooms.desk import seat_desk
from rooms.limits import Crowd
from rooms.live import Watchers
from rooms.localroom import LocalRoom
from rooms.mailbox import Mailbox
from rooms.metrics import counts
from rooms.namekeeper import NameKeeper
from rooms.outgoing import EVERYBODY, ROOM, SELF, Outgoing
from rooms.retention import keep_forgetting
from rooms.signouts import SignOuts
from rooms.sweep import Sweep

if TYPE_CHECKING:
    from rooms.consumers import RoomSocket

log = logging.getLogger("lanai.hub")

SEAT_NEWS = protocol.SeatJoined | protocol.SeatUpdated | protocol.SeatLeft | protocol.RoomUpdated | protocol.Bye
_decode_server_message = msgspec.json.Decoder(SEAT_NEWS | protocol.ChatSaid).decode


class Hub:
    """All of it runs on one event loop; only ``announce`` may be called from another thread."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.boot = secrets.token_hex(8)
        self.rooms: dict[int, LocalRoom] = {}
        self.mailbox: Mailbox = Mailbox(self.boot, self._on_event)
        self.watchers = Watchers(self.mailbox)
        self.sweep: Sweep = Sweep(self)
        self.signouts = SignOuts(self)
        self.addresses = Crowd(settings.LANAI_SOCKETS_PER_ADDRESS)
        self.people = Crowd(settings.LANAI_SOCKETS_PER_PERSON)
        self.names = NameKeeper(self)
        self._tasks: set[asyncio.Task[Any]] = set()
        self._lasting: set[asyncio.Task[Any]] = set()
        self._sockets_made = 0
        self.gone: set[seats.Holder] = set()  # whose seats step away at this moment
        self.draining = False

    def start(self, *, sweeping: bool = True) -> None:
        outgoing.listeners.append(self.announce)
        self.signouts.start()
        for work in self.mailbox.tasks():
            self.spawn(work, lasting=True)
        if sweeping:
            self.spawn(self.sweep.run(), lasting=True)
            self.spawn(keep_forgetting(), lasting=True)

    async def stop(self) -> None:
        """Stop all tasks of the hub and wait for them."""
        if self.announce in outgoing.listeners:
            outgoing.listeners.remove(self.announce)
            self.signouts.stop()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def spawn(self, work: Coroutine[Any, Any, Any], *, lasting: bool = False) -> asyncio.Task[Any]:
        """Run ``work`` on its own; the hub keeps it from being collected and logs how it failed.

        ``lasting`` work has no end of its own, so ``settle`` does not wait for it.
        """
        task = self.loop.create_task(work)
        self._tasks.add(task)
        if lasting:
            self._lasting.add(task)
        task.add_done_callback(self._done)
        return task

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        self._lasting.discard(task)
        if not task.cancelled() and (problem := task.exception()):
            log.error("a task of the hub failed", exc_info=problem)

    async def settle(self) -> None:
        """Wait until all that sockets left to be done is done."""
        lasting = {asyncio.current_task(), *self._lasting}
        while pending := {task for task in self._tasks if task not in lasting}:
            await asyncio.wait(pending)

    def new_holder(self) -> seats.Holder:
        self._sockets_made += 1
        return seats.Holder(self.boot, format(self._sockets_made, "x"))

    # --- who is here ------------------------------------------------------------------------------

    def _room_of(self, socket: RoomSocket) -> LocalRoom:
        return self.rooms.setdefault(socket.room_id, LocalRoom(socket.room_id, socket.owner_id))

    async def attend(self, socket: RoomSocket) -> None:
        """From now on the socket gets all news of its room, held back until it is seated.

        Raises protocol.Refused while others sit at processes that cannot be reached: nobody could connect to them.
        """
        room = self._room_of(socket)
        room.attending.add(socket)
        room.looking.discard(socket)
        await self.sweep.begin()
        if not await self.mailbox.follow(room.topic) and await seat_desk.run(seats.held_elsewhere, room.id, self.boot):
            raise protocol.Refused("try_again")

    async def look(self, socket: RoomSocket) -> LocalRoom:
        """From now on the socket is told who is inside."""
        room = self._room_of(socket)
        room.looking.add(socket)
        await self.mailbox.follow(room.topic)
        return room

    def seat(self, socket: RoomSocket, seat_id: str) -> None:
        """The socket holds the seat; whoever held it here is sent away."""
        room = self.rooms[socket.room_id]
        before = room.seated.get(seat_id)
        if before is not None and before.held_rev > socket.held_rev:
            socket.dismiss(protocol.bye("taken"))  # it took the seat first, and learns of it last
            return
        room.seated[seat_id] = socket
        if before is not None and before is not socket:
            before.dismiss(protocol.bye("taken"))
        self.mailbox.publish(room.topic, {"held": seat_id, "rev": socket.held_rev})

    def part(self, socket: RoomSocket) -> None:
        """Forget the socket."""
        room = self.rooms.get(socket.room_id)
        if room is None:
            return
        room.attending.discard(socket)
        room.looking.discard(socket)
        if socket.seat_id and room.seated.get(socket.seat_id) is socket:
            del room.seated[socket.seat_id]
        if room.is_empty:
            del self.rooms[room.id]
            self.spawn(self._unfollow(room))

    async def _unfollow(self, room: LocalRoom) -> None:
        if room.id not in self.rooms:
            await self.mailbox.unfollow(room.topic)

    async def step_away(self, socket: RoomSocket, grace: timedelta) -> None:
        """The socket that held the seat is gone; everybody learns, and the sweep comes when its time is over."""
        if not socket.seat_id:
            return
        self.gone.add(socket.holder)
        try:
            seat = await seat_desk.run(seats.step_away, socket.seat_id, socket.holder, grace)
        finally:
            self.gone.discard(socket.holder)
        if seat is not None:
            news = protocol.SeatUpdated(seat=seats.on_wire(seat))
            self.deliver(socket.room_id, socket.owner_id, [Outgoing(ROOM, news)])
            self.sweep.come_in(grace.total_seconds())

    # --- delivering -------------------------------------------------------------------------------

    def deliver(self, room_id: int, owner_id: int, news: Iterable[Outgoing], socket: RoomSocket | None = None) -> None:
        """Give each message to its audience; ``socket`` is the one that asked (SELF)."""
        for audience, message in news:
            if audience == SELF:
                if socket is not None:
                    socket.give(message)
                continue
            frame = protocol.encode(message)
            self._deliver_here(room_id, owner_id, audience, message, frame)
            event = {"room": room_id, "owner": owner_id, "to": audience, "frame": frame}
            self.mailbox.publish(f"room.{room_id}", event)
            if audience in (ROOM, EVERYBODY) and isinstance(message, SEAT_NEWS):
                self.mailbox.publish(f"owner.{owner_id}", {"owner": owner_id})

    def correct(
        self,
        room: LocalRoom,
        news: Iterable[protocol.ServerMessage],
        besides: RoomSocket | None = None,
        audience: str = ROOM,
    ) -> None:
        """Tell the sockets here, and only them, what they should have been told already."""
        for message in news:
            self._deliver_here(room.id, room.owner_id, audience, message, protocol.encode(message), besides)

    def absorb(self, socket: RoomSocket, room: protocol.Room, roster: list[protocol.Seat]) -> None:
        """Take in a snapshot that ``socket`` gets whole; the others here get what is news in it."""
        local = self.rooms[socket.room_id]
        local.room = local.room or room
        news = [protocol.RoomUpdated(room=room), *local.news_in(roster)]
        self.correct(local, news, besides=socket)

    def _deliver_here(
        self,
        room_id: int,
        owner_id: int,
        audience: str,
        message: protocol.ServerMessage | None,
        frame: str,
        besides: RoomSocket | None = None,
    ) -> None:
        if isinstance(message, SEAT_NEWS):
            self.watchers.refresh(owner_id)
        elif isinstance(message, protocol.ChatSaid):
            self.sweep.said.note(message.line.id)
        room = self.rooms.get(room_id)
        if room is None or (message is not None and not room.fold(message)):
            return
        for socket in room.audience(audience):
            if isinstance(message, protocol.Bye):
                socket.dismiss(message)
            elif socket is not besides:
                socket.post(frame)
        if isinstance(message, SEAT_NEWS):
            self.show_lookers(room)

    @staticmethod
    def show_lookers(room: LocalRoom) -> None:
        for socket in room.looking:
            if peek := room.peek(socket.may_enter):
                socket.give(peek)

    def relay(self, socket: RoomSocket, signal: protocol.Signal) -> None:
        """Pass a signal on to one seat of the sender's own room. Raises protocol.Refused.

        The look-up in the sender's room is the authorization; `from` is the sender's seat, whatever was sent.
        """
        room = self.rooms[socket.room_id]
        target = room.seated.get(signal.to)
        message = protocol.SignalFrom(sender=socket.seat_id or "", epochs=signal.epochs, data=signal.data)
        if target is not None:
            counts.relayed += 1
            target.post(protocol.encode(message))
            return
        seat = room.known.get(signal.to)
        if seat is None:
            raise protocol.Refused("no_such_seat", to=signal.to)
        if seat.away or not self.mailbox.reaches_others:
            counts.undelivered += 1
            raise protocol.Refused("undelivered", to=signal.to)
        counts.relayed += 1
        event = {"room": room.id, "owner": room.owner_id, "to": signal.to, "frame": protocol.encode(message)}
        self.mailbox.publish(room.topic, event)

    # --- from elsewhere ---------------------------------------------------------------------------

    def announce(self, room_id: int, owner_id: int, news: list[Outgoing]) -> None:
        """Deliver from any thread."""
        self.loop.call_soon_threadsafe(self.deliver, room_id, owner_id, news)

    def _on_event(self, topic: str, event: dict[str, Any]) -> None:
        if topic == self.signouts.TOPIC:
            self.signouts.carry_out(event["user"], event["session"])
        elif topic.startswith("owner."):
            self.watchers.refresh(event["owner"])
        elif "held" in event:
            room = self.rooms.get(int(topic.removeprefix("room.")))
            socket = room.seated.get(event["held"]) if room else None
            # The seat may have come back here since that was said.
            if socket and socket.held_rev < event["rev"]:
                socket.dismiss(protocol.bye("taken"))
        else:
            frame = event["frame"]
            try:
                message = _decode_server_message(frame)
            except msgspec.ValidationError:
                message = None  # a signal or a reaction: nothing this process keeps
            if isinstance(message, protocol.Bye) and event["to"] == EVERYBODY:
                self.sweep.hurry()  # the room may be open again since that was said: the table knows
            else:
                self._deliver_here(event["room"], event["owner"], event["to"], message, frame)


_hubs: dict[asyncio.AbstractEventLoop, Hub] = {}


def current_hub() -> Hub:
    """The hub of the running event loop, started at its first use."""
    loop = asyncio.get_running_loop()
    hub = _hubs.get(loop)
    if hub is None:
        hub = _hubs[loop] = Hub()
        hub.start()
    return hub


def install(hub: Hub) -> None:
    _hubs[hub.loop] = hub


async def remove() -> None:
    if hub := _hubs.pop(asyncio.get_running_loop(), None):
        await hub.stop()
