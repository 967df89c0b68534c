"""What an account holds in meetings ends with the account, or with one of its sessions."""

from __future__ import annotations

from django.db import transaction

from rooms.models import Seat
from rooms.services import seats
from rooms.services.events import ROOM, Event, announce, close_sockets
from rooms.services.wire_records import seat_left


@transaction.atomic
def end_sessions(*, user_id: int, session: str = "") -> None:
    """End the seats and close the sockets of an account, or of one of its sessions, named by its guest id."""
    theirs = Seat.objects.filter(user=user_id)
    for seat in seats.end(theirs.filter(guest=session) if session else theirs, Seat.Reason.LEFT):
        announce(seat.room, [Event(ROOM, seat_left(seat))])
    close_sockets(user_id, session)
