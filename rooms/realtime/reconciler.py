"""The reconciler of one process: repairs rosters and seats after lost messages, from the table.

The table is the truth and messages are hints. Once a second the reconciler asks for what is due; every few seconds it
reads the rosters of all rooms with sockets here and tells those sockets the difference.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable

from django.db.models import Q

from config.ground.clock import clock
from rooms import protocol
from rooms.models import Room, Seat
from rooms.realtime.bus import Bus
from rooms.realtime.chat_reconciler import ChatReconciler
from rooms.realtime.contracts import Socket
from rooms.realtime.delivery import Delivery
from rooms.realtime.local_room import LocalRoom
from rooms.realtime.room_list import RoomListSubscribers
from rooms.rules.access import was_removed
from rooms.rules.lease import Lease
from rooms.runtime.executors import reconciler_executor
from rooms.runtime.metrics import counts
from rooms.services import processes, seats
from rooms.services.events import ROOM, Event
from rooms.services.retention import delete_chat_of_ended_meetings
from rooms.services.rosters import RoomState, SeatState, read_chat_since, read_removed, read_rows, read_states
from rooms.services.wire_records import chat_record, room_record, seat_left, seat_record, seat_updated

log = logging.getLogger("lanai.reconciler")

PERIOD_SECONDS = 1.0
HEARTBEAT_SECONDS = 5.0
ROSTER_SECONDS = 3.0
RETENTION_SECONDS = 5.0
ROOMS_AT_ONCE = 50
# Two heartbeats of a page and a second. With a period of the reconciler and the grace period, a ghost is gone within
# 30 s.
UNHEARD_SECONDS = 17.0
# After the start of the process, an outage of the database or a jump of the clock, nobody is ended for this long:
# people who are away may only be waiting for the server.
PATIENCE_SECONDS = 15.0
JUMP_SECONDS = 5.0


class Reconciler:
    """Heartbeat of the process, silent sockets, seats that are due, rosters and chat.

    ``corrections`` counts the messages that only the reconciler brought.
    """

    def __init__(
        self,
        process_id: str,
        sockets: set[Socket],
        rooms: dict[int, LocalRoom],
        bus: Bus,
        room_list: RoomListSubscribers,
        delivery: Delivery,
        chat: ChatReconciler,
    ) -> None:
        self._process_id = process_id
        self._sockets = sockets
        self._rooms = rooms
        self._bus = bus
        self._room_list = room_list
        self._delivery = delivery
        self._chat = chat
        self._heartbeat_at = self._compared_at = self._deleted_at = float("-inf")
        self._checked_at = clock.seconds()
        self.patient_until = self._checked_at + PATIENCE_SECONDS
        self._wake = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self.corrections: int = 0

    async def run(self) -> None:
        """Reconcile for ever."""
        while True:
            await self.once()
            try:
                async with asyncio.timeout(PERIOD_SECONDS):
                    await self._wake.wait()
            except TimeoutError:
                pass
            self._wake.clear()

    def wake_in(self, seconds: float) -> None:
        """Run again in so many seconds, when something is known to be due."""
        self._loop.call_later(seconds + 0.01, self._wake.set)

    def hurry(self) -> None:
        """Compare everything with the table at once."""
        self._compared_at = float("-inf")
        self._wake.set()

    async def once(self) -> None:
        """Run one round. A database that is away costs nobody a seat."""
        try:
            self._watch_clock()
            self._close_overdue()
            await self._send_heartbeat()
            # First the seats whose sockets are here are confirmed: another process may have marked them as away.
            await self._compare()
            await self._end_due()
            await self._delete_chat()
        except Exception:
            self.patient_until = clock.seconds() + PATIENCE_SECONDS
            log.exception("the table could not be read or written; nobody is ended for %s s", PATIENCE_SECONDS)

    def _watch_clock(self) -> None:
        now = clock.seconds()
        if not -JUMP_SECONDS < now - self._checked_at - PERIOD_SECONDS < JUMP_SECONDS:
            self.patient_until = now + PATIENCE_SECONDS
            for socket in self._sockets:
                socket.heard_at = now
        self._checked_at = now

    def _close_overdue(self) -> None:
        now = clock.seconds()
        for socket in list(self._sockets):
            if socket.deadline is not None and now >= socket.deadline:
                socket.close_with(protocol.bye(socket.overdue))
            elif now - socket.heard_at > UNHEARD_SECONDS:
                socket.close_with(protocol.bye("unheard"))

    async def ensure_heartbeat(self) -> None:
        """Record that this process is alive, before it holds its first seat."""
        if self._heartbeat_at == float("-inf"):
            await self._send_heartbeat()

    async def _send_heartbeat(self) -> None:
        now = clock.seconds()
        if now - self._heartbeat_at >= HEARTBEAT_SECONDS or now < self._heartbeat_at:
            await reconciler_executor.run(processes.heartbeat, self._process_id)
            self._heartbeat_at = now

    async def _end_due(self) -> None:
        which = Q()
        if clock.seconds() < self.patient_until:
            # Seats that this very process marked as away since it started are its own to end.
            which = Q(process=self._process_id)
        for seat in await reconciler_executor.run(seats.end_due, which):
            counts.expired += 1
            self._tell(seat, Event(ROOM, seat_left(seat)))
        self._tell_updated(await reconciler_executor.run(processes.release_seats_of_dead_processes))

    async def _delete_chat(self) -> None:
        now = clock.seconds()
        if now < self.patient_until or 0 <= now - self._deleted_at < RETENTION_SECONDS:
            return
        self._deleted_at = now
        if deleted := await reconciler_executor.run(delete_chat_of_ended_meetings):
            log.info("%s lines of chat went with their meetings", deleted)

    async def _confirm_own(self, states: Iterable[SeatState]) -> None:
        """Make the table agree with the sockets here: no seat without a socket, none away that has one."""
        held = [seat for seat in states if seat.process == self._process_id]
        here = {socket.lease.socket for room in self._rooms.values() for socket in room.subscribers}
        if lost := [seat.socket for seat in held if not seat.is_away and seat.socket not in here]:
            self._tell_updated(await reconciler_executor.run(seats.mark_lost, self._process_id, lost))
        if kept := [seat.socket for seat in held if seat.is_away and seat.socket in here]:
            self._tell_updated(await reconciler_executor.run(seats.mark_present, self._process_id, kept))

    def _tell_updated(self, changed: list[Seat]) -> None:
        for seat in changed:
            self._tell(seat, seat_updated(seat))

    def _tell(self, seat: Seat, event: Event) -> None:
        self._delivery.deliver(seat.room_id, seat.room.owner_id, [event])

    # --- comparing with the table -----------------------------------------------------------------

    async def _compare(self) -> None:
        now = clock.seconds()
        if 0 <= now - self._compared_at < ROSTER_SECONDS:
            return
        self._compared_at = now
        self._room_list.refresh_all()
        await self._deliver_lost_chat()
        await self._close_removed_previewers()
        rooms, states = await reconciler_executor.run(read_states, list(self._rooms), self._process_id)
        await self._confirm_own(seat for taken in states.values() for seat in taken)
        doubtful: list[LocalRoom] = []
        for number, local in enumerate(list(self._rooms.values())):
            if number % ROOMS_AT_ONCE == 0:
                await asyncio.sleep(0)  # signals do not wait until thousands of seats are compared
            if local.id in rooms and _differs(local, rooms[local.id], states.get(local.id, [])):
                doubtful.append(local)
        if doubtful:
            await self._correct(doubtful)

    async def _close_removed_previewers(self) -> None:
        """Close green-room sockets of removed people that still see names, because the message about it was lost."""
        looking = [local.id for local in self._rooms.values() if any(one.may_enter for one in local.previewers)]
        if not looking:
            return
        removed = await reconciler_executor.run(read_removed, looking)
        for local in [self._rooms[room_id] for room_id in removed if room_id in self._rooms]:
            for socket in [one for one in local.previewers if one.may_enter]:
                person = socket.person
                if person and person.user_id != local.owner_id and was_removed(person, removed[local.id]):
                    self.corrections += 1
                    socket.close_with(protocol.bye("removed"))

    async def _deliver_lost_chat(self) -> None:
        if not self._bus.is_shared:
            return  # with one process, nothing can be lost between processes
        new = await reconciler_executor.run(read_chat_since, self._chat.since, list(self._rooms))
        for line in self._chat.missing(new):
            if local := self._rooms.get(line.room_id):
                self.corrections += 1
                said = protocol.ChatSaid(line=chat_record(line))
                for audience in (line.to_id, line.seat_id) if line.to_id else (ROOM,):
                    self._delivery.correct(local, [said], audience=audience)

    async def _correct(self, doubtful: list[LocalRoom]) -> None:
        """Read doubtful rooms again as a whole, because a seat may have been taken since, and send the difference."""
        suspects = [seat_id for local in doubtful for seat_id in (*local.roster, *local.seated)]
        rooms, rows = await reconciler_executor.run(read_rows, [local.id for local in doubtful], suspects)
        for local in doubtful:
            if local.id in rooms:
                self._correct_room(local, rooms[local.id], rows.get(local.id, {}))

    def _correct_room(self, local: LocalRoom, room: Room, rows: dict[str, Seat]) -> None:
        inside = [seat_record(row) for row in rows.values() if row.state == Seat.State.IN]
        ended = [row for row in rows.values() if row.pk in local.roster and row.state == Seat.State.ENDED]
        messages = [*local.missing_messages(inside), *map(seat_left, ended)]
        if local.room is None or local.room.rev < room.rev:
            messages.append(protocol.RoomUpdated(room=room_record(room)))
        self.corrections += len(messages)
        self._delivery.correct(local, messages)
        if not room.is_open:
            for socket in [*local.subscribers, *local.previewers]:
                socket.close_with(protocol.bye("closed"))
        for seat_id, socket in list(local.seated.items()):
            if code := _bye_code(rows.get(seat_id), socket.lease):
                socket.close_with(protocol.bye(code))


def _differs(local: LocalRoom, room: RoomState, states: list[SeatState]) -> bool:
    """Return whether what the sockets here have been told may differ from the table."""
    if local.room is None or local.room.rev < room.rev or room.closed_at or room.deleted_at:
        return True
    taken = {seat.id: seat for seat in states}
    return (
        any(local.rev_of(seat.id) < seat.rev for seat in states)
        or any(seat_id not in taken for seat_id in local.roster)
        or any(not _is_held(taken.get(seat_id), socket.lease) for seat_id, socket in local.seated.items())
    )


def _is_held(row: Seat | SeatState | None, lease: Lease) -> bool:
    return row is not None and (row.process, row.socket) == (lease.process, lease.socket)


def _bye_code(row: Seat | None, lease: Lease) -> str | None:
    """Return why a socket no longer holds its seat, as the code of a bye; None when it does, or was not in doubt."""
    if row is None or (_is_held(row, lease) and row.state == Seat.State.IN):
        return None
    if row.state != Seat.State.ENDED:
        return "taken"
    return row.reason if row.reason in ("removed", "closed", "left") else "unheard"
