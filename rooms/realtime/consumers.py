"""The two kinds of sockets: one per seat, and one per page that lists rooms."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.http import parse_cookie
from msgspec import UNSET

from accounts.people import Person, person_of_cookies, session_key_of
from config.ground.addresses import address_of_scope
from config.ground.clock import clock
from config.ground.cookies import without_forged
from rooms import protocol
from rooms.handlers import HANDLERS
from rooms.handlers.registry import Handler, Mode, Result, Snapshot, Visit
from rooms.realtime.sockets import BaseSocket
from rooms.rules import access
from rooms.rules.lease import Lease
from rooms.runtime.executors import seat_executor
from rooms.services.events import Event

log = logging.getLogger("lanai.socket")

# How many frames are held back while one person's snapshot is read.
HELD_BACK_LIMIT = 1000


def _cookies(scope: dict[str, Any]) -> dict[str, str]:
    """Parse cookies as Django does for pages, so that an odd cookie of a neighbouring site does not hide ours."""
    header = "; ".join(value.decode("latin1") for name, value in scope["headers"] if name == b"cookie")
    return without_forged(parse_cookie(header))


class RoomSocket(BaseSocket):
    """The socket of one page in one room, from the green room to the end of the call.

    It runs the registered handlers and carries out their results. ``may_enter`` tells whether a previewer may see the
    names of the people inside.
    """

    kind = "room"
    visit: Visit
    may_enter = False
    told_preview = ""

    @property
    def room_id(self) -> int:
        return self.visit.room_id

    @property
    def owner_id(self) -> int:
        return self.visit.owner_id

    @property
    def seat_id(self) -> str | None:
        return self.visit.seat_id

    @property
    def held_rev(self) -> int:
        return self.visit.rev

    @property
    def lease(self) -> Lease:
        return self.visit.lease

    def __init__(self) -> None:
        super().__init__()
        self._held_back: list[str] | None = None
        self._run_in_mode = {
            Mode.QUEUED: self._run_queued,
            Mode.JOIN: self._run_join,
            Mode.SNAPSHOT: self._run_snapshot,
            Mode.PREVIEW: self._run_preview,
        }

    async def identify(self) -> str | None:
        slug = self.scope["url_route"]["kwargs"]["slug"]
        cookies = _cookies(self.scope)
        found = await seat_executor.run(_find, slug, address_of_scope(self.scope), cookies)
        if isinstance(found, str):
            return found
        room_id, owner_id, self.person = found
        self.session_key = session_key_of(cookies)
        self.visit = Visit(room_id, owner_id, self.person, self.hub.new_lease(), self.session_key, self.hub)
        return access.refuse_socket(self.person)

    def sender_key(self) -> str:
        return self.visit.seat_id or self.visit.lease.socket

    def places(self) -> tuple[str, ...]:
        return (f"room {self.room_id}",)

    # --- running handlers -------------------------------------------------------------------------

    def handle_immediately(self, message: Any) -> bool:
        handler = HANDLERS[type(message)]
        if handler.mode is not Mode.IMMEDIATE:
            return False
        for event in handler.run(self.visit, message).events:
            self.answer(event.message)
        return True

    async def handle(self, message: Any) -> None:
        handler = HANDLERS[type(message)]
        await self._run_in_mode[handler.mode](handler, message)

    async def _run_queued(self, handler: Handler, message: Any) -> None:
        result: Result = await handler.run(self.visit, message)
        self._update_visit(result)
        self._deliver(result.events)

    async def _run_join(self, handler: Handler, message: Any) -> None:
        """Subscribe, then snapshot: news of the room is held back while the seat is taken, and follows the welcome."""
        if self.visit.seat_id is not None:
            await self._run_queued(handler, message)  # the handler refuses it
            return
        self._held_back = []
        try:
            await self.hub.subscribe(self)
            result: Result = await handler.run(self.visit, message)
        except BaseException:
            self._held_back = None
            self.hub.unsubscribe(self)
            raise
        welcome, *events = result.events
        self.deadline = None
        self._update_visit(result)
        self.hub.assign_seat(self, str(self.visit.seat_id))
        self._apply_snapshot(result.snapshot)
        self._end_hold_back([welcome])
        self._deliver(events)
        log.info("room %s: seat %s taken", self.room_id, self.visit.seat_id)

    async def _run_snapshot(self, handler: Handler, message: Any) -> None:
        """Send a snapshot, then the news of the room that came while it was read, which is newer."""
        self._held_back = []
        result = Result()
        try:
            result = await handler.run(self.visit, message)
        finally:
            self._end_hold_back(result.events)
        self._apply_snapshot(result.snapshot)

    async def _run_preview(self, handler: Handler, message: Any) -> None:
        if self.visit.seat_id is None:
            if self.overdue != "idle":  # another peek does not restart the time
                self.deadline, self.overdue = clock.seconds() + protocol.PEEK_SECONDS, "idle"
            await self.hub.subscribe_preview(self)
        result: Result = await handler.run(self.visit, message)
        self.may_enter = result.snapshot is not None and result.snapshot.may_enter
        self._apply_snapshot(result.snapshot)
        self.hub.delivery.previews.send_first(self)

    # --- carrying out results ---------------------------------------------------------------------

    def _update_visit(self, result: Result) -> None:
        """Replace the visit, and store a new nickname for the next green room."""
        visit = self.visit = result.visit or self.visit
        if visit.nickname and visit.nickname != visit.person.nickname:
            self.visit = replace(visit, person=replace(visit.person, nickname=visit.nickname))
            self.hub.nicknames.store(visit.session_key, visit.nickname)

    def _apply_snapshot(self, snapshot: Snapshot | None) -> None:
        if snapshot is not None:
            self.hub.delivery.apply_snapshot(self, snapshot.room, snapshot.seats)

    def _deliver(self, events: Sequence[Event]) -> None:
        self.hub.delivery.deliver(self.room_id, self.owner_id, events, self)

    def _end_hold_back(self, welcome: Sequence[Event]) -> None:
        held_back, self._held_back = self._held_back, None
        self._deliver(welcome)
        for frame in held_back or []:
            self.send_frame(frame)

    # --- writing ----------------------------------------------------------------------------------

    def send_message(self, message: protocol.ServerMessage) -> None:
        if isinstance(message, protocol.Bye):
            self.close_with(message)
        else:
            super().send_message(message)

    def offer_signal(self, frame: str, sender: str) -> bool:
        if self._held_back is None:
            return super().offer_signal(frame, sender)
        self.send_frame(frame)
        return True

    def send_frame(self, frame: str) -> None:
        if self._held_back is not None:
            self._held_back.append(frame)
            if len(self._held_back) > HELD_BACK_LIMIT:
                self.close_with(protocol.bye("too_slow"))
        else:
            super().send_frame(frame)

    def answer(self, message: protocol.ServerMessage) -> None:
        # Only news of the room is held back; answers are not.
        super().send_frame(protocol.encode(message))

    async def release(self, grace: timedelta) -> None:
        if not hasattr(self, "visit"):
            return
        self.hub.unsubscribe(self)
        if not self.hub.draining:  # a process that stops marks all its seats as away at the end
            await self.hub.mark_away(self, grace)


def _find(slug: str, address: str, cookies: dict[str, str]) -> str | tuple[int, int, Person]:
    """Return the room of a code, its owner and the person who connects, or the code of a bye."""
    try:
        room = access.open_room(slug, address)
    except access.TooManyUnknown:
        return "too_many"
    if room is None:
        return "no_such_room"
    return room.pk, room.owner_id, person_of_cookies(cookies)


class LiveSocket(BaseSocket):
    """The socket of a page that lists the rooms of a signed-in user, with the people inside."""

    kind = "live"

    async def identify(self) -> str | None:
        cookies = _cookies(self.scope)
        self.session_key = session_key_of(cookies)
        self.person = await seat_executor.run(person_of_cookies, cookies)
        return access.refuse_socket(self.person, needs_account=True)

    def handle_immediately(self, message: Any) -> bool:
        if type(message) is protocol.Ping:
            self.send_message(protocol.Pong())
            return True
        return False

    async def handle(self, message: protocol.Subscribe) -> None:
        self.deadline = None
        assert self.person is not None and self.person.user_id is not None
        number = 1 if message.list_page is UNSET else message.list_page
        await self.hub.room_list.add(self.person.user_id, number, self)

    def sender_key(self) -> str:
        return f"live {id(self)}"

    async def release(self, grace: timedelta) -> None:
        if self.person is not None and self.person.user_id is not None:
            await self.hub.room_list.remove(self.person.user_id, self)
