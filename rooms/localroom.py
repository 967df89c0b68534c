"""One room as this process knows it: its sockets here, and what they have been told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rooms import protocol
from rooms.outgoing import EVERYBODY, ROOM

if TYPE_CHECKING:
    from rooms.consumers import RoomSocket

GONE_REMEMBERED = 1000


class LocalRoom:
    def __init__(self, room_id: int, owner_id: int) -> None:
        self.id = room_id
        self.owner_id = owner_id
        self.attending: set[RoomSocket] = set()  # everybody whose hello was heard, seated or about to be
        self.seated: dict[str, RoomSocket] = {}
        self.looking: set[RoomSocket] = set()
        self.known: dict[str, protocol.Seat] = {}
        self.gone: dict[str, int] = {}
        self.room: protocol.Room | None = None

    @property
    def topic(self) -> str:
        return f"room.{self.id}"

    @property
    def is_empty(self) -> bool:
        return not self.attending and not self.looking

    def audience(self, named: str) -> list[RoomSocket]:
        """The sockets here that belong to an audience of ``outgoing``."""
        if named == ROOM:
            return list(self.attending)
        if named == EVERYBODY:
            return [*self.attending, *self.looking]
        socket = self.seated.get(named)
        return [socket] if socket else []

    def fold(self, message: protocol.ServerMessage) -> bool:
        """Take the news into what is known here; False for what is old."""
        match message:
            case protocol.SeatJoined(seat=seat) | protocol.SeatUpdated(seat=seat):
                if seat.rev <= self.rev_of(seat.id):
                    return False
                self.known[seat.id] = seat
                self.gone.pop(seat.id, None)
            case protocol.SeatLeft(id=seat_id, rev=rev):
                if rev <= self.rev_of(seat_id):
                    return False
                self.known.pop(seat_id, None)
                self.gone[seat_id] = rev
                if len(self.gone) > GONE_REMEMBERED:
                    del self.gone[next(iter(self.gone))]
            case protocol.RoomUpdated(room=room):
                if self.room and room.rev <= self.room.rev:
                    return False
                self.room = room
        return True

    def rev_of(self, seat_id: str) -> int:
        """The highest that was told of the seat, live or ended."""
        seat = self.known.get(seat_id)
        return seat.rev if seat else self.gone.get(seat_id, 0)

    def news_in(self, seats: list[protocol.Seat]) -> list[protocol.ServerMessage]:
        """What the sockets here have not been told of these seats."""
        news: list[protocol.ServerMessage] = []
        for seat in seats:
            if seat.id not in self.known:
                news.append(protocol.SeatJoined(seat=seat))
            elif seat.rev > self.known[seat.id].rev:
                news.append(protocol.SeatUpdated(seat=seat))
        return [message for message in news if not self._is_old(message)]

    def _is_old(self, message: protocol.ServerMessage) -> bool:
        return isinstance(message, protocol.SeatJoined) and message.seat.rev <= self.gone.get(message.seat.id, 0)

    def peek(self, with_names: bool) -> protocol.RoomPeek | None:
        if self.room is None:
            return None
        people = sorted(self.known.values(), key=lambda seat: (seat.joined_at, seat.id))
        names = [seat.nickname for seat in people] if with_names else []
        return protocol.RoomPeek(room=self.room, nicknames=names, inside=len(people))
