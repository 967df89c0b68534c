"""The lines of chat that were given to the sockets of this process, compared with the table.

Between processes a line may be lost, and unlike a roster nothing would ever say so: its writer has been told that it is
kept. So lines that are new in the table and were not given here are given now. Pages know a line by its id.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from django.db.models import F, Max, Q

from rooms.models import ChatMessage

REMEMBERED = 10_000


class Said(NamedTuple):
    """How far the table was read, and the lines found there that are not known here."""

    upto: int
    lines: list[ChatMessage]


class SaidLines:
    def __init__(self) -> None:
        self._given: dict[int, None] = {}  # in the order of giving
        self._marks: tuple[int | None, int | None] = (None, None)

    def note(self, line_id: int) -> None:
        self._given[line_id] = None
        if len(self._given) > REMEMBERED:
            del self._given[next(iter(self._given))]

    @property
    def since(self) -> int | None:
        """How far the table had been read the time before last: a line may be written after one with a higher id."""
        return self._marks[0]

    def read(self, said: Said) -> list[ChatMessage]:
        """Take in what was found; the lines that were lost on the way here."""
        self._marks = (self._marks[1] or said.upto, said.upto)
        return [line for line in said.lines if line.pk not in self._given]


def said_since(since: int | None, room_ids: Collection[int]) -> Said:
    """New lines of these rooms. What belongs to a meeting that is over is nobody's any more."""
    if since is None:
        return Said(ChatMessage.objects.aggregate(last=Max("pk"))["last"] or 0, [])
    present = Q(sent_at__gte=F("room__gathered_at")) | Q(until_end=False)
    lines = list(ChatMessage.objects.filter(present, pk__gt=since).order_by("pk"))
    upto = max((line.pk for line in lines), default=since)
    return Said(upto, [line for line in lines if line.room_id in room_ids])
