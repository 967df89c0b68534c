"""Acts of hosts: one message for all of them, one function for each act."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth import get_user_model
from django.db.models import Q
from msgspec import UNSET

from rooms import protocol
from rooms.handlers.registry import Result, Visit, handles, own_seat
from rooms.models import Seat
from rooms.protocol import Refused
from rooms.rules.access import Denied, may_host
from rooms.runtime.executors import seat_executor
from rooms.services import moderation, seats
from rooms.services.events import Event

# Runs in an executor, with the visit of a host and the id of the seat that the message names, if any. Returns the
# events to deliver, beside those that the service announces itself.
Act = Callable[[Visit, str | None], list[Event]]


@handles(protocol.Moderate)
async def moderate(visit: Visit, message: protocol.Moderate) -> Result:
    return Result(await seat_executor.run(_act, visit, message))


def _act(visit: Visit, message: protocol.Moderate) -> list[Event]:
    target = None if message.seat is UNSET else message.seat
    if message.act in NEEDS_SEAT and target is None:
        raise Refused("bad_message", f"The act “{message.act}” needs a seat.")
    if not may_host(own_seat(visit).room, visit.person):  # staff members act in the admin, not in others' meetings
        raise Refused("not_allowed")
    return ACTS[message.act](visit, target)


def _remove(visit: Visit, seat_id: str | None) -> list[Event]:
    """Remove the person in a live seat, or in one that expired: pages play its media for a while yet."""
    inside = Q(state=Seat.State.IN) | seats.resumable()
    seat = Seat.objects.filter(inside, room=visit.room_id, pk=seat_id).first()
    if seat is None:
        raise Refused("no_such_seat")
    by = get_user_model().objects.filter(pk=visit.person.user_id or 0, is_active=True).first()
    if by is None:
        raise Refused("not_allowed")
    try:
        ended = moderation.remove_person(seat=seat, by=by)
    except Denied:
        raise Refused("not_allowed") from None
    if not ended:
        raise Refused("no_such_seat")
    return []


def _spotlight(visit: Visit, seat_id: str | None) -> list[Event]:
    return moderation.spotlight(visit.room_id, seat_id)


ACTS: dict[protocol.ModerationAct, Act] = {"remove": _remove, "spotlight": _spotlight}
NEEDS_SEAT = {"remove"}
