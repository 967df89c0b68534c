"""One room as this process knows it: its sockets here, and the state they have been told."""

from __future__ import annotations

from accounts.people import Person
from rooms import protocol
from rooms.realtime.bus_messages import room_topic
from rooms.realtime.contracts import RoomRecipient
from rooms.rules.person_keys import is_person_key
from rooms.services.events import EVERYONE, ROOM, audiences_of

ENDED_REMEMBERED = 1000


class LocalRoom:
    """Sockets by role, and the roster as told to them.

    ``subscribers`` are all sockets that said hello, seated or about to be; ``seated`` are those that hold a seat, by
    its id; ``previewers`` are in the green room. ``roster`` and ``room`` are the last state told, and
    ``ended_revs`` the ``rev`` at which seats ended that are no longer in the roster.
    """

    def __init__(self, room_id: int, owner_id: int) -> None:
        self.id = room_id
        self.owner_id = owner_id
        self.subscribers: set[RoomRecipient] = set()
        self.seated: dict[str, RoomRecipient] = {}
        self.previewers: set[RoomRecipient] = set()
        self.roster: dict[str, protocol.Seat] = {}
        self.ended_revs: dict[str, int] = {}
        self.room: protocol.Room | None = None

    @property
    def topic(self) -> str:
        return room_topic(self.id)

    @property
    def is_empty(self) -> bool:
        return not self.subscribers and not self.previewers

    def audience(self, name: str) -> list[RoomRecipient]:
        """Return the sockets here that belong to an audience of ``rooms.services.events``."""
        if name == ROOM:
            return list(self.subscribers)
        if name == EVERYONE:
            return [*self.subscribers, *self.previewers]
        if not is_person_key(name):
            socket = self.seated.get(name)
            return [socket] if socket else []
        return [one for one in (*self.subscribers, *self.previewers) if self._is_called(one.person, name)]

    def _is_called(self, person: Person | None, audience: str) -> bool:
        return person is not None and person.user_id != self.owner_id and audience in audiences_of(person)

    def apply(self, message: protocol.ServerMessage) -> bool:
        """Apply a message to what is known here; False when it is older than that."""
        match message:
            case protocol.SeatJoined(seat=seat) | protocol.SeatUpdated(seat=seat):
                return self._apply_seat(seat)
            case protocol.SeatLeft(id=seat_id, rev=rev):
                return self._apply_end(seat_id, rev)
            case protocol.RoomUpdated(room=room):
                if self.room and room.rev <= self.room.rev:
                    return False
                self.room = room
        return True

    def _apply_seat(self, seat: protocol.Seat) -> bool:
        if seat.rev <= self.rev_of(seat.id):
            return False
        self.roster[seat.id] = seat
        self.ended_revs.pop(seat.id, None)
        return True

    def _apply_end(self, seat_id: str, rev: int) -> bool:
        if rev <= self.rev_of(seat_id):
            return False
        self.roster.pop(seat_id, None)
        self.ended_revs[seat_id] = rev
        if len(self.ended_revs) > ENDED_REMEMBERED:
            del self.ended_revs[next(iter(self.ended_revs))]
        return True

    def rev_of(self, seat_id: str) -> int:
        """Return the highest ``rev`` told of the seat, live or ended; 0 for an unknown seat."""
        seat = self.roster.get(seat_id)
        return seat.rev if seat else self.ended_revs.get(seat_id, 0)

    def missing_messages(self, seats: list[protocol.Seat]) -> list[protocol.ServerMessage]:
        """Return what the sockets here have not been told of these seats."""
        missing: list[protocol.ServerMessage] = []
        for seat in seats:
            known = self.roster.get(seat.id)
            if known is not None and seat.rev > known.rev:
                missing.append(protocol.SeatUpdated(seat=seat))
            elif known is None and seat.rev > self.ended_revs.get(seat.id, 0):
                missing.append(protocol.SeatJoined(seat=seat))
        return missing

    def preview(self, with_names: bool) -> protocol.RoomPeek | None:
        """Return what a previewer is told; None while nothing is known of the room yet."""
        if self.room is None:
            return None
        people = sorted(self.roster.values(), key=lambda seat: (seat.joined_at, seat.id))
        names = [seat.nickname for seat in people] if with_names else []
        return protocol.RoomPeek(room=self.room, nicknames=names, inside=len(people))
