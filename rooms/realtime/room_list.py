"""Live room lists: the pages that show an owner's rooms, and what they have been told."""

from __future__ import annotations

import asyncio
import logging

from rooms import protocol
from rooms.realtime.bus import Bus
from rooms.realtime.bus_messages import owner_topic
from rooms.realtime.contracts import Recipient
from rooms.runtime.executors import background_executor
from rooms.services.room_lists import rooms_of

log = logging.getLogger("lanai.live")


class RoomListSubscribers:
    """Sockets by owner. After a change the owner's rooms are read once for all of them, and the difference is sent."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._sockets: dict[int, set[Recipient]] = {}
        self._told: dict[int, dict[str, protocol.LiveRoom]] = {}
        self._stale: set[int] = set()
        self._tasks: dict[int, asyncio.Task[None]] = {}

    async def add(self, owner_id: int, socket: Recipient) -> None:
        """Send the owner's rooms to the socket, and changes from now on."""
        self._sockets.setdefault(owner_id, set()).add(socket)
        await self._bus.follow(owner_topic(owner_id))
        rooms = await background_executor.run(rooms_of, owner_id)
        socket.send_message(protocol.Live(rooms=rooms))
        self._told.setdefault(owner_id, {room.slug: room for room in rooms})
        self.refresh(owner_id)

    async def remove(self, owner_id: int, socket: Recipient) -> None:
        """Send nothing more to the socket."""
        sockets = self._sockets.get(owner_id, set())
        sockets.discard(socket)
        if not sockets and self._sockets.pop(owner_id, None) is not None:
            self._told.pop(owner_id, None)
            await self._bus.unfollow(owner_topic(owner_id))

    def refresh(self, owner_id: int) -> None:
        """Read the owner's rooms again, because something may have changed, and send the difference."""
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
                self._send_changes(owner_id, await background_executor.run(rooms_of, owner_id))
        except Exception:
            log.exception("the list of rooms could not be read")
        finally:
            # Not in a callback of the task, which runs later: a refresh asked for in between would find this task
            # still there, and nobody would read again.
            del self._tasks[owner_id]

    def _send_changes(self, owner_id: int, rooms: list[protocol.LiveRoom]) -> None:
        told = self._told.get(owner_id, {})
        now = {room.slug: room for room in rooms}
        messages: list[protocol.ServerMessage]
        if told.keys() == now.keys():
            messages = [protocol.LiveRoomChanged(room=room) for room in rooms if told[room.slug] != room]
        else:
            messages = [protocol.Live(rooms=rooms)]
        if owner_id in self._sockets:
            self._told[owner_id] = now
        for socket in self._sockets.get(owner_id, set()):
            for message in messages:
                socket.send_message(message)
