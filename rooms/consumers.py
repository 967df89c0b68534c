"""The two sockets: one per seat, one per page that shows what is live."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import parse_cookie

from accounts.people import Person, person_of_cookies
from config.addresses import address_of_scope
from rooms import access, protocol
from rooms.clock import clock
from rooms.desk import seat_desk
from rooms.handlers import HANDLERS, Visit, look
from rooms.outgoing import Outgoing
from rooms.protocol import Refused
from rooms.seats import Holder
from rooms.sockets import BaseSocket

log = logging.getLogger("lanai.socket")

# So much of a room may be said while one person's snapshot is read.
HELD_BACK_LIMIT = 1000


def _cookies(scope: dict[str, Any]) -> dict[str, str]:
    """Read as Django reads those of pages: a neighbour's odd cookie does not hide ours."""
    header = "; ".join(value.decode("latin1") for name, value in scope["headers"] if name == b"cookie")
    return parse_cookie(header)


class RoomSocket(BaseSocket):
    kind = "room"
    visit: Visit
    may_enter = False

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
    def holder(self) -> Holder:
        return self.visit.holder

    def __init__(self) -> None:
        super().__init__()
        self._held_back: list[str] | None = None

    async def enter(self) -> str | None:
        slug = self.scope["url_route"]["kwargs"]["slug"]
        cookies = _cookies(self.scope)
        found = await seat_desk.run(_find, slug, address_of_scope(self.scope), cookies)
        if isinstance(found, str):
            return found
        room_id, owner_id, self.person = found
        session_key = cookies.get(settings.SESSION_COOKIE_NAME, "")
        self.visit = Visit(room_id, owner_id, self.person, self.hub.new_holder(), session_key)
        return None if self.person.is_known else "no_session"

    def at_once(self, message: Any) -> bool:
        if type(message) is protocol.Signal:
            if self.visit.seat_id is None:
                raise Refused("not_joined", to=message.to)
            self.hub.relay(self, message)
            return True
        if type(message) is protocol.Ping:
            self.answer(protocol.Pong())
            return True
        return False

    async def handle(self, message: Any) -> None:
        if type(message) is protocol.Peek:
            await self._peek()
        elif type(message) is protocol.Hello and self.visit.seat_id is None:
            await self._sit(message)
        elif type(message) is protocol.Sync:
            await self._snapshot_again(message)
        else:
            self._deliver(await HANDLERS[type(message)](self.visit, message))
            self._keep_nickname()

    def _deliver(self, news: list[Outgoing]) -> None:
        self.hub.deliver(self.room_id, self.owner_id, news, self)

    def give(self, message: protocol.ServerMessage) -> None:
        if isinstance(message, protocol.Bye):
            self.dismiss(message)
        else:
            super().give(message)

    # --- sitting down -----------------------------------------------------------------------------

    async def _sit(self, message: protocol.Hello) -> None:
        """Subscribe, then snapshot: what is said while the seat is being taken comes after the welcome."""
        self._held_back = []
        try:
            await self.hub.attend(self)
            self.visit.gone = frozenset(self.hub.gone)
            welcome, *rest = await HANDLERS[protocol.Hello](self.visit, message)
        except BaseException:
            self._held_back = None
            self.hub.part(self)
            raise
        self.deadline = None
        self.hub.seat(self, str(self.visit.seat_id))
        self._absorb()
        self._open_with([welcome])
        self._deliver(rest)
        self._keep_nickname()
        log.info("room %s: seat %s taken", self.room_id, self.visit.seat_id)

    def _keep_nickname(self) -> None:
        """For the next green room."""
        visit = self.visit
        if visit.nickname and visit.nickname != visit.person.nickname:
            visit.person = replace(visit.person, nickname=visit.nickname)
            self.hub.names.keep(visit.session_key, visit.nickname)

    async def _snapshot_again(self, message: protocol.Sync) -> None:
        """A snapshot is older than what is said while it is read: that comes after it, here too."""
        self._held_back = []
        welcome: list[Outgoing] = []
        try:
            welcome = await HANDLERS[protocol.Sync](self.visit, message)
        finally:
            self._open_with(welcome)
        self._absorb()

    def _open_with(self, welcome: list[Outgoing]) -> None:
        held_back, self._held_back = self._held_back, None
        self._deliver(welcome)
        for frame in held_back or []:
            self.post(frame)

    def _absorb(self) -> None:
        if self.visit.snapshot is not None:
            self.hub.absorb(self, self.visit.snapshot.room, self.visit.snapshot.seats)
            self.visit.snapshot = None

    def post(self, frame: str) -> None:
        if self._held_back is not None:
            self._held_back.append(frame)
            if len(self._held_back) > HELD_BACK_LIMIT:
                self.dismiss(protocol.bye("too_slow"))
        else:
            super().post(frame)

    def answer(self, message: protocol.ServerMessage) -> None:
        # It is not news of the room, so it is never held back.
        super().post(protocol.encode(message))

    # --- looking in -------------------------------------------------------------------------------

    async def _peek(self) -> None:
        if self.visit.seat_id is not None:
            raise Refused("already_joined")
        self.deadline, self.overdue = clock.seconds() + protocol.PEEK_SECONDS, "idle"
        local = await self.hub.look(self)
        room, roster, self.may_enter = await seat_desk.run(look, self.visit)
        self.hub.absorb(self, room, roster)
        if peek := local.peek(self.may_enter):
            self.give(peek)

    # --- leaving ----------------------------------------------------------------------------------

    async def let_go(self, grace: timedelta) -> None:
        if not hasattr(self, "visit"):
            return
        self.hub.part(self)
        if not self.hub.draining:  # a process that stops puts all its seats down at once, in the end
            await self.hub.step_away(self, grace)


def _find(slug: str, address: str, cookies: dict[str, str]) -> str | tuple[int, int, Person]:
    """The room behind a code and the person who asks, or the code of a bye."""
    if access.too_many_unknown(address):
        return "no_such_room"
    room = access.open_room(slug)
    if room is None:
        access.note_unknown(address)
        return "no_such_room"
    return room.pk, room.owner_id, person_of_cookies(cookies)


class LiveSocket(BaseSocket):
    kind = "live"

    async def enter(self) -> str | None:
        self.person = await seat_desk.run(person_of_cookies, _cookies(self.scope))
        return None if self.person.user_id is not None else "no_session"

    def at_once(self, message: Any) -> bool:
        if type(message) is protocol.Ping:
            self.give(protocol.Pong())
            return True
        return False

    async def handle(self, message: protocol.Subscribe) -> None:
        self.deadline = None
        assert self.person is not None and self.person.user_id is not None
        await self.hub.watchers.add(self.person.user_id, self)

    async def let_go(self, grace: timedelta) -> None:
        if self.person is not None and self.person.user_id is not None:
            await self.hub.watchers.remove(self.person.user_id, self)
