"""Finds chat messages that were lost between processes.

Unlike a roster, nothing else would ever reveal such a loss: the writer has been told that the message is stored. So
messages that are new in the table and were not delivered here are delivered now. Pages know a message by its id.
"""

from __future__ import annotations

from rooms.models import ChatMessage
from rooms.services.rosters import NewChat

REMEMBERED = 10_000


class ChatReconciler:
    """Remembers which messages the sockets of this process were given, and compares them with the table."""

    def __init__(self) -> None:
        self._delivered: dict[int, None] = {}  # in order of delivery
        self._marks: tuple[int | None, int | None] = (None, None)

    def note(self, line_id: int) -> None:
        """Note that a message was delivered here."""
        self._delivered[line_id] = None
        if len(self._delivered) > REMEMBERED:
            del self._delivered[next(iter(self._delivered))]

    @property
    def since(self) -> int | None:
        """Return the id up to which the table was read the time before last.

        A row may be committed after one with a higher id, so the latest rows are read twice.
        """
        return self._marks[0]

    def missing(self, new: NewChat) -> list[ChatMessage]:
        """Take in what was read from the table, and return the messages that were lost on the way here."""
        self._marks = (self._marks[1] or new.upto, new.upto)
        return [line for line in new.lines if line.pk not in self._delivered]
