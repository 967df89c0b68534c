"""Acts of hosts on other people in their meeting."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from rooms import protocol
from rooms.models import Seat, queries
from rooms.rules.access import Denied, may_remove, seats_of_same_person
from rooms.services import seats
from rooms.services.events import ROOM, Event, announce, person_audiences
from rooms.services.rooms import By
from rooms.services.wire_records import seat_left, seat_updated


@transaction.atomic
def remove_person(*, seat: Seat, by: By) -> list[Seat]:
    """Remove the person in this seat from its room, and return their seats that ended by it.

    They lose all their seats in the room, live ones and those that they could resume, and their sockets in the green
    room are closed. Nothing happens to a person whose seat ended otherwise. Raises Denied for people who may not do
    that, and where one of the seats is the owner's.
    """
    # Joining takes this lock, so nobody takes or resumes a seat between the check and the end.
    room = queries.locked_room(seat.room_id)
    present = list(Seat.objects.filter(seats.NOT_ENDED | seats.resumable(), room=room))
    theirs = seats_of_same_person(seat, present)
    if not may_remove(room, theirs, by):
        raise Denied
    if seat not in present:
        return []
    which = seats.NOT_ENDED | seats.resumable()
    ended = seats.end(Seat.objects.filter(pk__in=[one.pk for one in theirs]), Seat.Reason.REMOVED, which)
    bye = protocol.bye("removed")
    audiences = person_audiences(
        {one.user_id for one in ended if one.user_id}, {one.guest for one in ended if one.guest}
    )
    told = [*(Event(ROOM, seat_left(one)) for one in ended), *(Event(one.pk, bye) for one in ended)]
    announce(room, [*told, *(Event(audience, bye) for audience in audiences)])
    return ended


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
