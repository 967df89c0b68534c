"""Acts of hosts on other people in their meeting."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from rooms import protocol
from rooms.models import Room, Seat, queries
from rooms.rules.access import Denied, may_remove
from rooms.services import seats
from rooms.services.events import ROOM, Event, announce
from rooms.services.rooms import By
from rooms.services.wire_records import seat_left, seat_updated


@transaction.atomic
def remove_seat(*, seat: Seat, by: By) -> None:
    """End the seat for good. Raises Denied for strangers, and for the owner's own seat."""
    if not may_remove(seat, by):
        raise Denied
    # Joining takes this lock, so nobody resumes the seat between the check and the end.
    Room.objects.select_for_update().get(pk=seat.room_id)
    for ended in seats.end(Seat.objects.filter(pk=seat.pk), Seat.Reason.REMOVED):
        announce(seat.room, [Event(ROOM, seat_left(ended)), Event(ended.pk, protocol.bye("removed"))])


@transaction.atomic
def spotlight(room_id: int, seat_id: str | None) -> list[Event]:
    """Put one person into the spotlight, or nobody; return the changes. Raises Refused (``no_such_seat``)."""
    queries.locked_room(room_id)  # two tabs of a host, one after the other
    if seat_id and not seats.live([room_id]).filter(pk=seat_id).exists():
        raise protocol.Refused("no_such_seat")
    # Expired seats too: a person who resumes must not bring back a spotlight that has moved on.
    before = Seat.objects.filter(room=room_id, spotlight=True).exclude(pk=seat_id)
    ids = [seat.pk for seat in before]
    before.update(spotlight=False, rev=F("rev") + 1)
    if seat_id and Seat.objects.filter(pk=seat_id, spotlight=False).update(spotlight=True, rev=F("rev") + 1):
        ids.append(seat_id)
    return [seat_updated(seat) for seat in seats.live([room_id]).filter(pk__in=ids).order_by("-spotlight")]
