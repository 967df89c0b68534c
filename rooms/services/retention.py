"""Deletes old rows: LANAI_RETENTION_DAYS after they ended, and chat that is not kept at the end of its meeting."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core.management import call_command
from django.db.models import Exists, F, OuterRef, Q

from config.ground.clock import clock
from rooms.models import ChatMessage, Room, Seat
from rooms.services import seats
from rooms.services.quotas import trim_all

# Without these seats, a removed person could come back under the same account or in the same session. They stay while
# the room does, with nothing but that account or session: the name and the times are erased when their time is over.
REMOVED = Q(reason=Seat.Reason.REMOVED, room__deleted_at=None)

# Stands for a time that was erased.
ERASED = datetime(1970, 1, 1, tzinfo=UTC)


def kept_since() -> datetime:
    """Return the time before which everything is deleted."""
    return clock.now() - timedelta(days=settings.LANAI_RETENTION_DAYS)


def delete_old() -> int:
    """Delete old chat, past seats, deleted rooms and unused instant rooms; return the number of rows."""
    cutoff = kept_since()
    past = Seat.objects.filter(state=Seat.State.ENDED, ended_at__lt=cutoff).exclude(REMOVED)
    used = Q(gathered_at__gte=cutoff) | Q(created_at__gte=cutoff)
    instant = Room.objects.filter(instant=True).exclude(used).exclude(seats__state=Seat.State.IN)
    doomed = [
        ChatMessage.objects.filter(sent_at__lt=cutoff),
        past,
        Room.objects.filter(deleted_at__lt=cutoff),
        instant,
    ]
    _erase_removed(cutoff)
    deleted = sum(rows.delete()[0] for rows in doomed) + trim_all()
    call_command("clearsessions")
    return deleted


def _erase_removed(cutoff: datetime) -> None:
    """Erase removed people's old seats except for what keeps those people out."""
    old = Seat.objects.filter(REMOVED, ended_at__lt=cutoff).exclude(nickname="")
    old.update(nickname="", nickname_key="", page="", mic=False, cam=False, joined_at=ERASED, ended_at=ERASED)


def delete_chat_of_ended_meetings() -> int:
    """Delete the chat that was to last until everybody had left, where they have; return the number of messages.

    An expired seat that can still be resumed counts as not having left.
    """
    present = Seat.objects.filter(seats.NOT_ENDED | seats.resumable(), room=OuterRef("room"))
    over = Q(~Exists(present)) | Q(sent_at__lt=F("room__gathered_at"))
    due = ChatMessage.objects.filter(over, until_end=True)
    return due.delete()[0] if due.exists() else 0  # this runs often, and looking alone takes no lock
