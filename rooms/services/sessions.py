"""Ends the seats and sockets of an account when the account or its sessions end."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from rooms.models import Seat
from rooms.services import seats
from rooms.services.events import ROOM, Event, announce, close_sockets
from rooms.services.wire_records import seat_left


@transaction.atomic
def end_sessions(*, user_id: int, session: str = "", but: str = "") -> None:
    """End the seats and close the sockets of an account.

    With ``session``, the guest id of one of its sessions, only those of that session, with what it took before it
    signed in. With ``but`` those of all sessions except one.
    """
    theirs = Q(user=user_id)
    if session:
        theirs = Q(guest=session) & (Q(user=user_id) | Q(user=None))
    elif but:
        theirs &= ~Q(guest=but)
    for seat in seats.end(Seat.objects.filter(theirs), Seat.Reason.LEFT):
        announce(seat.room, [Event(ROOM, seat_left(seat))])
    close_sockets(user_id, session, but)
