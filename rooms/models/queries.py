"""Prebuilt SQL statements for the reads of a hello.

After an outage everybody says hello at once. What a hello costs is its statements, and most of each is building it
anew from a queryset: three to four times what it takes to run it and to read the answer.
"""

from __future__ import annotations

import threading
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model

from rooms.models.chat import ChatMessage
from rooms.models.rooms import Room
from rooms.models.seats import Seat

M = TypeVar("M", bound=Model)

CODE_MAX = 32  # the length of Room.slug

ROOM_BY_CODE = "SELECT {columns} FROM rooms_room WHERE slug = %s"
ROOM = "SELECT {columns} FROM rooms_room WHERE id = %s"
# In the order in which everybody locks seats.
SEATS_AROUND = """
SELECT {columns} FROM rooms_seat
WHERE room_id = %s AND (NOT state = 'ended' OR reason = 'removed' OR (reason = 'expired' AND ended_at > %s))
ORDER BY id
"""
CHAT = """
SELECT {columns} FROM rooms_chatmessage
WHERE room_id = %s AND id < %s
AND (sent_at >= %s OR NOT until_end AND sent_at >= %s)
AND (to_id IS NULL OR to_id = %s OR seat_id = %s)
ORDER BY id DESC LIMIT %s
"""


class Reader(Generic[M]):
    """Turns rows into model objects. What a raw queryset works out about the model per query is worked out once."""

    def __init__(self, model: type[M]) -> None:
        fields = model._meta.concrete_fields
        self._model = model
        self._names = [field.attname for field in fields]
        self._columns = ", ".join(str(field.column) for field in fields)
        self._compiler: Any = model._default_manager.all().query.get_compiler(connection.alias)
        self._converters = self._compiler.get_converters([field.get_col(model._meta.db_table) for field in fields])

    def read(self, statement: str, *values: Any) -> list[M]:
        with connection.cursor() as cursor:
            cursor.execute(statement.format(columns=self._columns), values)
            rows = cursor.fetchall()
        if self._converters:
            rows = self._compiler.apply_converters(rows, self._converters)
        return [self._model.from_db(connection.alias, self._names, row) for row in rows]


class _Readers(threading.local):
    """A compiler belongs to the connection of its thread."""

    def __init__(self) -> None:
        self.by_model: dict[type[Model], Reader[Any]] = {}

    def of(self, model: type[M]) -> Reader[M]:
        if model not in self.by_model:
            self.by_model[model] = Reader(model)
        return self.by_model[model]


_readers = _Readers()


def room_by_code(code: str) -> Room | None:
    if len(code) > CODE_MAX:
        return None
    return next(iter(_rows(Room, ROOM_BY_CODE, code)), None)


def locked_room(room_id: int) -> Room:
    return _rows(Room, _locked(ROOM), room_id)[0]


def locked_seats_around(room_id: int, expired_after: datetime) -> list[Seat]:
    """The seats of a room that matter to a newcomer: those that are live, those that could be resumed, the removed."""
    return _rows(Seat, _locked(SEATS_AROUND), room_id, _time(expired_after))


def chat_of(
    room_id: int, seat_id: str, *, since: datetime, kept_since: datetime, before: int, most: int
) -> list[ChatMessage]:
    """What the seat may read, newest first: of the present meeting, and what is kept of those before."""
    moments = _time(since), _time(kept_since)
    return _rows(ChatMessage, CHAT, room_id, before, *moments, seat_id, seat_id, most)


def _rows(model: type[M], statement: str, *values: Any) -> list[M]:
    return _readers.of(model).read(statement, *values)


def _locked(statement: str) -> str:
    """SQLite has one lock for all, and takes it when the transaction begins."""
    return f"{statement} FOR UPDATE" if connection.features.has_select_for_update else statement


def _time(moment: datetime) -> object:
    return connection.ops.adapt_datetimefield_value(moment)
