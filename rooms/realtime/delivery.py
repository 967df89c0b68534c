"""Delivery of messages: to the sockets of this process at once, to other processes through the bus."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from rooms import protocol
from rooms.protocol import Refused
from rooms.realtime.bus import Bus
from rooms.realtime.bus_messages import Deliver, RoomListChanged, owner_topic, room_topic
from rooms.realtime.chat_reconciler import ChatReconciler
from rooms.realtime.contracts import RoomRecipient
from rooms.realtime.local_room import LocalRoom
from rooms.realtime.previews import Previews
from rooms.realtime.room_list import RoomListSubscribers
from rooms.runtime.metrics import counts
from rooms.services.events import EVERYONE, ROOM, SELF, Event

# Messages that change a roster or a room, which room lists and green rooms show.
ROSTER_MESSAGES = protocol.SeatJoined | protocol.SeatUpdated | protocol.SeatLeft | protocol.RoomUpdated | protocol.Bye
_decode_tracked = msgspec.json.Decoder(ROSTER_MESSAGES | protocol.ChatSaid | protocol.SignalFrom).decode


class Delivery:
    """Sends messages to their audience, and keeps each LocalRoom equal to what its sockets have been told."""

    def __init__(
        self, rooms: dict[int, LocalRoom], bus: Bus, room_list: RoomListSubscribers, chat: ChatReconciler
    ) -> None:
        self._rooms = rooms
        self._bus = bus
        self._room_list = room_list
        self._chat = chat
        self.previews = Previews(rooms)

    def deliver(
        self, room_id: int, owner_id: int, events: Iterable[Event], asking: RoomRecipient | None = None
    ) -> None:
        """Give each message to its audience; ``asking`` is the socket that SELF means."""
        for audience, message in events:
            if audience == SELF:
                if asking is not None:
                    asking.send_message(message)
                continue
            frame = protocol.encode(message)
            is_shown = self._is_shown_outside(room_id, message)
            self.deliver_here(room_id, owner_id, audience, message, frame)
            self._bus.publish(room_topic(room_id), Deliver(room=room_id, owner=owner_id, to=audience, frame=frame))
            if audience in (ROOM, EVERYONE) and is_shown:
                self._bus.publish(owner_topic(owner_id), RoomListChanged(owner=owner_id))

    def correct(
        self,
        room: LocalRoom,
        messages: Iterable[protocol.ServerMessage],
        besides: RoomRecipient | None = None,
        audience: str = ROOM,
    ) -> None:
        """Tell the sockets here, and only them, what they should have been told already."""
        for message in messages:
            self.deliver_here(room.id, room.owner_id, audience, message, protocol.encode(message), besides)

    def apply_snapshot(self, asking: RoomRecipient, room: protocol.Room, seats: list[protocol.Seat]) -> None:
        """Apply a snapshot that ``asking`` gets whole; the other sockets here get what is new in it."""
        local = self._rooms[asking.room_id]
        local.room = local.room or room
        self.correct(local, [protocol.RoomUpdated(room=room), *local.missing_messages(seats)], besides=asking)

    def deliver_from_elsewhere(self, message: Deliver) -> bool:
        """Deliver what another process published. False for a goodbye to a whole room, which only the table decides.

        By the time such a message arrives, the room may be open again.
        """
        tracked = _decode(message.frame)
        if isinstance(tracked, protocol.Bye) and message.to == EVERYONE:
            return False
        self.deliver_here(message.room, message.owner, message.to, tracked, message.frame)
        return True

    def deliver_here(
        self,
        room_id: int,
        owner_id: int,
        audience: str,
        message: protocol.ServerMessage | None,
        frame: str,
        besides: RoomRecipient | None = None,
    ) -> None:
        """Deliver to the sockets of this process. ``message`` is None for frames that nothing here keeps track of."""
        is_shown = self._is_shown_outside(room_id, message)
        if is_shown:
            self._room_list.refresh(owner_id)
        elif isinstance(message, protocol.ChatSaid):
            self._chat.note(message.line.id)
        room = self._rooms.get(room_id)
        if room is None or (message is not None and not room.apply(message)):
            return
        for socket in room.audience(audience):
            if isinstance(message, protocol.Bye):
                socket.close_with(message)
            elif isinstance(message, protocol.SignalFrom):
                # A signal it does not take is lost, as one may be between processes: pages repair that.
                socket.offer_signal(frame, message.sender)
            elif socket is not besides:
                socket.send_frame(frame)
        if is_shown:
            self.previews.refresh(room_id)

    def _is_shown_outside(self, room_id: int, message: protocol.ServerMessage | None) -> bool:
        """Return whether room lists and green rooms may show something else after this message.

        Of a seat they show only the name: switches are most of what happens in a meeting, and change nothing there.
        """
        if isinstance(message, protocol.SeatUpdated) and (room := self._rooms.get(room_id)):
            known = room.roster.get(message.seat.id)
            return known is None or known.nickname != message.seat.nickname
        return isinstance(message, ROSTER_MESSAGES)

    def relay(self, room_id: int, sender: str, signal: protocol.Signal) -> None:
        """Pass a signal on to one seat of the sender's own room. Raises Refused.

        The look-up in the sender's room is the authorization; ``from`` is the sender's seat, whatever was sent.
        """
        room = self._rooms[room_id]
        target = room.seated.get(signal.to)
        message = protocol.SignalFrom(sender=sender, epochs=signal.epochs, data=signal.data)
        if target is not None:
            if not target.offer_signal(protocol.encode(message), sender):
                counts.undelivered += 1
                raise Refused("undelivered", to=signal.to)
            counts.relayed += 1
            return
        seat = room.roster.get(signal.to)
        if seat is None:
            raise Refused("no_such_seat", to=signal.to)
        if seat.away or not self._bus.reaches_others:
            counts.undelivered += 1
            raise Refused("undelivered", to=signal.to)
        counts.relayed += 1
        frame = protocol.encode(message)
        self._bus.publish(room.topic, Deliver(room=room.id, owner=room.owner_id, to=signal.to, frame=frame))


def _decode(frame: str) -> protocol.ServerMessage | None:
    try:
        message: protocol.ServerMessage = _decode_tracked(frame)
    except msgspec.ValidationError:
        return None  # a reaction
    return message
