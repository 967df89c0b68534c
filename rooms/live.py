"""Pages that show what is live: who watches, and what they have been told."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from django.db.models import Prefetch

from rooms import protocol
from rooms.desk import live_desk
from rooms.mailbox import Mailbox
from rooms.models import Room, Seat

if TYPE_CHECKING:
    from rooms.consumers import LiveSocket

log = logging.getLogger("lanai.live")


def rooms_of(owner_id: int) -> list[protocol.LiveRoom]:
    """The owner's rooms, newest first, with who is inside."""
    inside = Prefetch("seats", Seat.objects.filter(state=Seat.State.IN), to_attr="inside")
    rooms = Room.objects.filter(owner=owner_id, deleted_at=None).prefetch_related(inside)
    return [
        protocol.LiveRoom(
            slug=room.slug, name=room.name, open=room.is_open, people=[seat.nickname for seat in room.inside]
        )
        for room in rooms
    ]


class Watchers:
    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox
        self._sockets: dict[int, set[LiveSocket]] = {}
        self._told: dict[int, dict[str, protocol.LiveRoom]] = {}
        self._stale: set[int] = set()
        self._tasks: dict[int, asyncio.Task[None]] = {}

    async def add(self, owner_id: int, socket: LiveSocket) -> None:
        self._sockets.setdefault(owner_id, set()).add(socket)
        await self._mailbox.follow(f"owner.{owner_id}")
        rooms = await live_desk.run(rooms_of, owner_id)
        socket.give(protocol.Live(rooms=rooms))
        self._told.setdefault(owner_id, {room.slug: room for room in rooms})
        self.refresh(owner_id)

    async def remove(self, owner_id: int, socket: LiveSocket) -> None:
        sockets = self._sockets.get(owner_id, set())
        sockets.discard(socket)
        if not sockets and self._sockets.pop(owner_id, None) is not None:
            self._told.pop(owner_id, None)
            await self._mailbox.unfollow(f"owner.{owner_id}")

    def refresh(self, owner_id: int) -> None:
        """Something may have changed in the owner's rooms: look, and tell those who watch."""
        if owner_id not in self._sockets:
            return
        self._stale.add(owner_id)
        if owner_id not in self._tasks:
            self._tasks[owner_id] = asyncio.get_running_loop().create_task(self._refresh(owner_id))

    def refresh_all(self) -> None:
        for owner_id in list(self._sockets):
            self.refresh(owner_id)

    async def _refresh(self, owner_id: int) -> None:
        try:
            while owner_id in self._stale:
                self._stale.discard(owner_id)
                self._tell(owner_id, await live_desk.run(rooms_of, owner_id))
        except Exception:
            log.exception("the live list could not be read")
        finally:
            # Not in a callback of the task, which runs later: what is called stale in between would find this look
            # still going on, and nobody would look again.
            del self._tasks[owner_id]

    def _tell(self, owner_id: int, rooms: list[protocol.LiveRoom]) -> None:
        told = self._told.get(owner_id, {})
        now = {room.slug: room for room in rooms}
        news: list[protocol.ServerMessage]
        if told.keys() == now.keys():
            news = [protocol.LiveRoomChanged(room=room) for room in rooms if told[room.slug] != room]
        else:
            news = [protocol.Live(rooms=rooms)]
        if owner_id in self._sockets:
            self._told[owner_id] = now
        for socket in self._sockets.get(owner_id, set()):
            for message in news:
                socket.give(message)
