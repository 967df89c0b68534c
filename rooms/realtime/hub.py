"""The hub of one process: wires the bus, the reconciler, delivery and the sockets together."""

from __future__ import annotations

import asyncio
import secrets
from datetime import timedelta

from django.conf import settings

from rooms import protocol
from rooms.realtime.bus import Bus
from rooms.realtime.bus_messages import BusMessage, Deliver, RoomListChanged, SeatTaken, SignedOut
from rooms.realtime.chat_reconciler import ChatReconciler
from rooms.realtime.contracts import RoomRecipient, Socket
from rooms.realtime.delivery import Delivery
from rooms.realtime.local_room import LocalRoom
from rooms.realtime.nickname_writer import NicknameWriter
from rooms.realtime.rate_limits import ConnectionLimit, MessageRates
from rooms.realtime.reconciler import Reconciler
from rooms.realtime.retention_schedule import delete_old_hourly
from rooms.realtime.room_list import RoomListSubscribers
from rooms.realtime.session_check import SessionCheck
from rooms.realtime.signouts import SignOuts
from rooms.realtime.tasks import TaskSet
from rooms.rules.lease import Lease
from rooms.runtime.executors import seat_executor
from rooms.services import events, seats
from rooms.services.events import Event
from rooms.services.wire_records import seat_updated


class Hub:
    """Runs on one event loop. Only ``announce`` and ``signouts.close_everywhere`` may be called from other threads.

    ``sockets`` are all open sockets of this process; ``rooms`` are those with sockets here, by id; ``draining`` is set
    while the process stops.
    """

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.process_id = secrets.token_hex(8)
        self.tasks = TaskSet()
        self.sockets: set[Socket] = set()
        self.rooms: dict[int, LocalRoom] = {}
        self.bus: Bus = Bus(self.process_id, self.receive)
        self.room_list = RoomListSubscribers(self.bus, self.tasks.spawn)
        chat = ChatReconciler()
        self.delivery = Delivery(self.rooms, self.bus, self.room_list, chat)
        self.reconciler: Reconciler = Reconciler(
            self.process_id, self.sockets, self.rooms, self.bus, self.room_list, self.delivery, chat
        )
        self.signouts = SignOuts(self.tasks.spawn, self.bus, self.sockets)
        self.session_check = SessionCheck(self.sockets)
        self.nicknames = NicknameWriter(self.tasks.spawn)
        self.per_address = ConnectionLimit(settings.LANAI_SOCKETS_PER_ADDRESS)
        self.per_person = ConnectionLimit(settings.LANAI_SOCKETS_PER_PERSON)
        self.rates = MessageRates()
        self._sockets_made = 0
        self._closing: set[Lease] = set()
        self.draining = False

    def start(self, *, reconciling: bool = True) -> None:
        """Begin to work. Without ``reconciling`` the caller runs the reconciler, as tests do."""
        events.listeners.append(self.announce)
        self.signouts.start()
        for work in self.bus.tasks():
            self.tasks.spawn(work, lasting=True)
        if reconciling:
            self.tasks.spawn(self.reconciler.run(), lasting=True)
            self.tasks.spawn(self.session_check.run(), lasting=True)
            self.tasks.spawn(delete_old_hourly(), lasting=True)

    async def stop(self) -> None:
        """Stop all tasks of the hub and wait for them."""
        if self.announce in events.listeners:
            events.listeners.remove(self.announce)
            self.signouts.stop()
        await self.tasks.cancel()

    def new_lease(self) -> Lease:
        """Return a lease for one more socket of this process."""
        self._sockets_made += 1
        return Lease(self.process_id, format(self._sockets_made, "x"))

    # --- subscriptions ----------------------------------------------------------------------------

    def _room_of(self, socket: RoomRecipient) -> LocalRoom:
        return self.rooms.setdefault(socket.room_id, LocalRoom(socket.room_id, socket.owner_id))

    async def subscribe(self, socket: RoomRecipient) -> None:
        """Send the socket all messages of its room from now on. The caller holds them back until it is seated.

        Raises protocol.Refused if the bus is down and another process holds seats of this room: signals could not
        reach them.
        """
        room = self._room_of(socket)
        room.subscribers.add(socket)
        room.previewers.discard(socket)
        await self.reconciler.ensure_heartbeat()
        reachable = await self.bus.follow(room.topic)
        if not reachable and await seat_executor.run(seats.held_elsewhere, room.id, self.process_id):
            raise protocol.Refused("try_again")

    async def subscribe_preview(self, socket: RoomRecipient) -> LocalRoom:
        """From now on the socket, in the green room, is told who is inside."""
        room = self._room_of(socket)
        room.previewers.add(socket)
        await self.bus.follow(room.topic)
        return room

    def assign_seat(self, socket: RoomRecipient, seat_id: str) -> None:
        """Give the seat to the socket, and close the one that held it before, here or elsewhere.

        Where another socket has taken the seat since, this one is closed instead.
        """
        room = self.rooms[socket.room_id]
        before = room.seated.get(seat_id)
        if before is not None and before.held_rev > socket.held_rev:
            socket.close_with(protocol.bye("taken"))  # another socket has taken the seat since
            return
        room.seated[seat_id] = socket
        if before is not None and before is not socket:
            before.close_with(protocol.bye("taken"))
        self.bus.publish(room.topic, SeatTaken(room=room.id, held=seat_id, rev=socket.held_rev))

    def unsubscribe(self, socket: RoomRecipient) -> None:
        """Forget the socket."""
        room = self.rooms.get(socket.room_id)
        if room is None:
            return
        room.subscribers.discard(socket)
        room.previewers.discard(socket)
        if socket.seat_id and room.seated.get(socket.seat_id) is socket:
            del room.seated[socket.seat_id]
        if room.is_empty:
            del self.rooms[room.id]
            self.tasks.spawn(self._unfollow(room))

    async def _unfollow(self, room: LocalRoom) -> None:
        if room.id not in self.rooms:
            await self.bus.unfollow(room.topic)

    async def mark_away(self, socket: RoomRecipient, grace: timedelta) -> None:
        """The socket that held a seat is gone: tell the room, and wake the reconciler when the grace period ends."""
        if not socket.seat_id:
            return
        self._closing.add(socket.lease)
        try:
            seat = await seat_executor.run(seats.mark_away, socket.seat_id, socket.lease, grace)
        finally:
            self._closing.discard(socket.lease)
        if seat is not None:
            self.delivery.deliver(socket.room_id, socket.owner_id, [seat_updated(seat)])
            self.reconciler.wake_in(grace.total_seconds())

    # --- for handlers (rooms.handlers.registry.Realtime) ------------------------------------------

    def relay(self, room_id: int, sender: str, signal: protocol.Signal) -> None:
        """Pass a signal on to one seat of the room. Raises protocol.Refused."""
        self.delivery.relay(room_id, sender, signal)

    def closing_leases(self) -> frozenset[Lease]:
        """Return the leases whose sockets have closed, and whose seats are about to be marked as away."""
        return frozenset(self._closing)

    # --- from elsewhere ---------------------------------------------------------------------------

    def announce(self, room_id: int, owner_id: int, batch: list[Event]) -> None:
        """Deliver events from any thread."""
        self.loop.call_soon_threadsafe(self.delivery.deliver, room_id, owner_id, batch)

    def receive(self, message: BusMessage) -> None:
        """Handle a message of another process."""
        match message:
            case SignedOut(user=user_id, session=session, but=but):
                self.signouts.close_here(user_id, session, but)
            case RoomListChanged(owner=owner_id):
                self.room_list.refresh(owner_id)
            case SeatTaken():
                self._close_former_holder(message)
            case Deliver():
                if not self.delivery.deliver_from_elsewhere(message):
                    self.reconciler.hurry()

    def _close_former_holder(self, taken: SeatTaken) -> None:
        room = self.rooms.get(taken.room)
        socket = room.seated.get(taken.held) if room else None
        # The seat may have come back to this process since the message was sent.
        if socket and socket.held_rev < taken.rev:
            socket.close_with(protocol.bye("taken"))
