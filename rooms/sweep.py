"""The sweep of one process: whatever event was lost, every roster here equals the table before long.

The table is the truth and events are hints. Once a second the sweep asks for what is due; every few seconds it
reads the rosters of all rooms with sockets here and tells those sockets the difference.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q

from rooms import protocol, seats, services
from rooms.clock import clock
from rooms.desk import sweep_desk
from rooms.metrics import counts
from rooms.models import Room, Seat
from rooms.outgoing import ROOM, Outgoing
from rooms.retention import forget_ended_meetings
from rooms.saidlines import SaidLines, said_since

if TYPE_CHECKING:
    from rooms.hub import Hub
    from rooms.localroom import LocalRoom
    from rooms.sockets import BaseSocket

log = logging.getLogger("lanai.sweep")

PERIOD_SECONDS = 1.0
BEAT_SECONDS = 5.0
ROSTER_SECONDS = 3.0
FORGET_SECONDS = 5.0
ROOMS_AT_ONCE = 50
# Two heartbeats and a second; with a period of the sweep and the time away, a ghost is gone within 30 s.
UNHEARD_SECONDS = 17.0
# After its start, a database outage or a clock jump it waits this long before it ends anybody: those who are
# away may only be waiting for us.
PATIENCE_SECONDS = 15.0
JUMP_SECONDS = 5.0


class Sweep:
    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._beaten_at = self._compared_at = self._forgot_at = float("-inf")
        self._looked_at = clock.seconds()
        self.patient_until = self._looked_at + PATIENCE_SECONDS
        self._wake = asyncio.Event()
        self.sockets: set[BaseSocket] = set()
        self.said = SaidLines()
        self.corrections: int = 0

    async def run(self) -> None:
        """Sweep for ever."""
        while True:
            await self.once()
            try:
                async with asyncio.timeout(PERIOD_SECONDS):
                    await self._wake.wait()
            except TimeoutError:
                pass
            self._wake.clear()

    def come_in(self, seconds: float) -> None:
        """Sweep again in so many seconds, when something is known to be due."""
        self._hub.loop.call_later(seconds + 0.01, self._wake.set)

    def hurry(self) -> None:
        """Compare what is here with the table at once."""
        self._compared_at = float("-inf")
        self._wake.set()

    async def once(self) -> None:
        """One sweep. A database that is away costs nobody a seat."""
        try:
            self._watch_clock()
            self._dismiss_silent()
            await self._beat()
            # First those whose sockets are here are kept: another process may have put them away by mistake.
            await self._compare()
            await self._end_due()
            await self._forget()
        except Exception:
            self.patient_until = clock.seconds() + PATIENCE_SECONDS
            log.exception("the sweep could not read or write the table; nobody is ended for %s s", PATIENCE_SECONDS)

    def _watch_clock(self) -> None:
        now = clock.seconds()
        if not -JUMP_SECONDS < now - self._looked_at - PERIOD_SECONDS < JUMP_SECONDS:
            self.patient_until = now + PATIENCE_SECONDS
            for socket in self.sockets:
                socket.heard_at = now
        self._looked_at = now

    def _dismiss_silent(self) -> None:
        now = clock.seconds()
        for socket in list(self.sockets):
            if socket.deadline is not None and now >= socket.deadline:
                socket.dismiss(protocol.bye(socket.overdue))
            elif now - socket.heard_at > UNHEARD_SECONDS:
                socket.dismiss(protocol.bye("unheard"))

    async def begin(self) -> None:
        """Before this process holds its first seat, its row must say that it lives."""
        if self._beaten_at == float("-inf"):
            await self._beat()

    async def _beat(self) -> None:
        now = clock.seconds()
        if now - self._beaten_at >= BEAT_SECONDS or now < self._beaten_at:
            await sweep_desk.run(seats.beat, self._hub.boot)
            self._beaten_at = now

    async def _end_due(self) -> None:
        which = Q()
        if clock.seconds() < self.patient_until:
            # What this very process put away since it started is its own to end.
            which = Q(process=self._hub.boot)
        for seat in await sweep_desk.run(seats.end_due, which):
            counts.expired += 1
            self._tell(seat, protocol.SeatLeft(id=seat.pk, reason="expired", rev=seat.rev))
        self._tell_updated(await sweep_desk.run(seats.put_away_of_dead_processes))

    async def _forget(self) -> None:
        now = clock.seconds()
        if now < self.patient_until or 0 <= now - self._forgot_at < FORGET_SECONDS:
            return
        self._forgot_at = now
        if gone := await sweep_desk.run(forget_ended_meetings):
            log.info("%s lines of chat went with their meetings", gone)

    async def _keep_own(self, standing: Iterable[seats.Standing]) -> None:
        """What this process holds by the table its sockets hold: no seat without a socket, none away with one."""
        boot = self._hub.boot
        held = [seat for seat in standing if seat.process == boot]
        here = {socket.holder.socket for room in self._hub.rooms.values() for socket in room.attending}
        if lost := [seat.socket for seat in held if not seat.is_away and seat.socket not in here]:
            self._tell_updated(await sweep_desk.run(seats.put_away_lost, boot, lost))
        if kept := [seat.socket for seat in held if seat.is_away and seat.socket in here]:
            self._tell_updated(await sweep_desk.run(seats.hold_on, boot, kept))

    def _tell_updated(self, changed: list[Seat]) -> None:
        for seat in changed:
            self._tell(seat, protocol.SeatUpdated(seat=seats.on_wire(seat)))

    def _tell(self, seat: Seat, message: protocol.ServerMessage) -> None:
        self._hub.deliver(seat.room_id, seat.room.owner_id, [Outgoing(ROOM, message)])

    # --- anti-entropy -----------------------------------------------------------------------------

    async def _compare(self) -> None:
        now = clock.seconds()
        if 0 <= now - self._compared_at < ROSTER_SECONDS:
            return
        self._compared_at = now
        self._hub.watchers.refresh_all()
        await self._repeat_lost_lines()
        rooms, standing = await sweep_desk.run(_truth, list(self._hub.rooms), self._hub.boot)
        await self._keep_own(seat for inside in standing.values() for seat in inside)
        doubtful: list[LocalRoom] = []
        for number, local in enumerate(list(self._hub.rooms.values())):
            if number % ROOMS_AT_ONCE == 0:
                await asyncio.sleep(0)  # a signal does not wait until thousands of seats are compared
            if local.id in rooms and _differs(local, rooms[local.id], standing.get(local.id, [])):
                doubtful.append(local)
        if doubtful:
            await self._correct(doubtful)

    async def _repeat_lost_lines(self) -> None:
        hub = self._hub
        if not hub.mailbox.is_shared:
            return  # one process: nothing is on the way
        for line in self.said.read(await sweep_desk.run(said_since, self.said.since, list(hub.rooms))):
            if local := hub.rooms.get(line.room_id):
                self.corrections += 1
                said = protocol.ChatSaid(line=services.line_on_wire(line))
                for audience in (line.to_id, line.seat_id) if line.to_id else (ROOM,):
                    hub.correct(local, [said], audience=audience)

    async def _correct(self, doubtful: list[LocalRoom]) -> None:
        """Read in whole, and once more, what looks wrong: a seat may have been taken since."""
        suspects = [seat_id for local in doubtful for seat_id in (*local.known, *local.seated)]
        rooms, rows = await sweep_desk.run(_rows, [local.id for local in doubtful], suspects)
        for local in doubtful:
            if local.id in rooms:
                self._put_right(local, rooms[local.id], rows.get(local.id, {}))

    def _put_right(self, local: LocalRoom, room: Room, rows: dict[str, Seat]) -> None:
        news = local.news_in([seats.on_wire(row) for row in rows.values() if row.state == Seat.State.IN])
        ended = [row for row in rows.values() if row.pk in local.known and row.state == Seat.State.ENDED]
        news += [protocol.SeatLeft(id=row.pk, reason=seats.reason_on_wire(row), rev=row.rev) for row in ended]
        if local.room is None or local.room.rev < room.rev:
            news.append(protocol.RoomUpdated(room=seats.room_on_wire(room)))
        self.corrections += len(news)
        self._hub.correct(local, news)
        if not room.is_open:
            for socket in [*local.attending, *local.looking]:
                socket.dismiss(protocol.bye("closed"))
        for seat_id, socket in list(local.seated.items()):
            if code := _lost(rows.get(seat_id), socket.holder):
                socket.dismiss(protocol.bye(code))


class RoomState(NamedTuple):
    """Of a room's row, what tells whether something changed."""

    rev: int
    closed_at: datetime | None
    deleted_at: datetime | None


def _differs(local: LocalRoom, room: RoomState, standing: list[seats.Standing]) -> bool:
    """Whether the sockets here may have been told something else than what the table says."""
    if local.room is None or local.room.rev < room.rev or room.closed_at or room.deleted_at:
        return True
    held = {seat.id: seat for seat in standing}
    return (
        any(local.rev_of(seat.id) < seat.rev for seat in standing)
        or any(seat_id not in held for seat_id in local.known)
        or any(not _holds(held.get(seat_id), socket.holder) for seat_id, socket in local.seated.items())
    )


def _holds(row: Seat | seats.Standing | None, holder: seats.Holder) -> bool:
    return row is not None and (row.process, row.socket) == (holder.process, holder.socket)


def _lost(row: Seat | None, holder: seats.Holder) -> str | None:
    """Why a socket no longer holds its seat, as the code of a bye; None when it does, or was not in doubt."""
    if row is None or (_holds(row, holder) and row.state == Seat.State.IN):
        return None
    if row.state != Seat.State.ENDED:
        return "taken"
    return row.reason if row.reason in ("removed", "closed", "left") else "unheard"


def _truth(room_ids: list[int], boot: str) -> tuple[dict[int, RoomState], dict[int, list[seats.Standing]]]:
    """The rooms, and by room the seats that are taken there or held by this process.

    Rows rather than objects: with thousands of seats their making would keep signals from being passed on.
    """
    rooms = Room.objects.filter(pk__in=room_ids).values_list("pk", "rev", "closed_at", "deleted_at")
    standing = defaultdict(list)
    for room_id, seat in seats.standing(room_ids, boot):
        standing[room_id].append(seat)
    return {room_id: RoomState._make(state) for room_id, *state in rooms}, standing


def _rows(room_ids: list[int], seat_ids: list[str]) -> tuple[dict[int, Room], dict[int, dict[str, Seat]]]:
    """These rooms, and by room everybody who sits there, and these seats."""
    rows: dict[int, dict[str, Seat]] = defaultdict(dict)
    for seat in Seat.objects.filter(Q(room__in=room_ids, state=Seat.State.IN) | Q(pk__in=seat_ids)):
        rows[seat.room_id][seat.pk] = seat
    return Room.objects.in_bulk(room_ids), rows
