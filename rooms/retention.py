"""What is forgotten, and when: LANAI_RETENTION_DAYS after it ended, and chat that is not kept with its meeting."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.core.management import call_command
from django.db.models import Exists, F, OuterRef, Q

from rooms.clock import clock
from rooms.desk import live_desk
from rooms.models import ChatMessage, Room, Seat
from rooms.taking import RESUME_WINDOW

log = logging.getLogger("lanai.retention")

EVERY_SECONDS = 3600
FOREVER = Q(reason=Seat.Reason.REMOVED, room__deleted_at=None)  # or who was removed could come back


def kept_since() -> datetime:
    """What is older is forgotten."""
    return clock.now() - timedelta(days=settings.LANAI_RETENTION_DAYS)


def forget_old() -> int:
    """Delete chat, past seats, deleted rooms and unused instant rooms whose time is over; the number of rows."""
    cutoff = kept_since()
    past = Seat.objects.filter(state=Seat.State.ENDED, ended_at__lt=cutoff).exclude(FOREVER)
    used = Q(gathered_at__gte=cutoff) | Q(created_at__gte=cutoff)
    instant = Room.objects.filter(instant=True).exclude(used).exclude(seats__state=Seat.State.IN)
    doomed = [
        ChatMessage.objects.filter(sent_at__lt=cutoff),
        past,
        Room.objects.filter(deleted_at__lt=cutoff),
        instant,
    ]
    gone = sum(rows.delete()[0] for rows in doomed)
    call_command("clearsessions")
    return gone


def forget_ended_meetings() -> int:
    """Delete the chat that was to last until everybody had left, where they have; the number of lines.

    Left for good: who only lost the connection may still come back, to the same meeting.
    """
    could_return = Q(reason=Seat.Reason.EXPIRED, ended_at__gt=clock.now() - RESUME_WINDOW)
    around = Seat.objects.filter(~Q(state=Seat.State.ENDED) | could_return, room=OuterRef("room"))
    over = Q(~Exists(around)) | Q(sent_at__lt=F("room__gathered_at"))
    due = ChatMessage.objects.filter(over, until_end=True)
    return due.delete()[0] if due.exists() else 0  # looked for often: whoever only looks locks nothing


async def keep_forgetting() -> None:
    """Forget, hour by hour, in every process: the second finds nothing left."""
    while True:
        await asyncio.sleep(EVERY_SECONDS)
        try:
            if gone := await live_desk.run(forget_old):
                log.info("%s rows were forgotten", gone)
        except Exception:
            log.exception("what is old could not be forgotten; the next try is in an hour")
