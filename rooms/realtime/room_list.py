"""Live room lists: the sockets that show an owner's rooms, and the state they have been told."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field

from rooms import protocol
from rooms.protocol import Refused
from rooms.realtime.bus import Bus
from rooms.realtime.bus_messages import owner_topic
from rooms.realtime.coalescing import Coalescer, Timer
from rooms.realtime.contracts import Recipient, Spawn
from rooms.runtime.executors import background_executor
from rooms.services.room_lists import rooms_of

log = logging.getLogger("lanai.live")

# At most two reads a second for each owner, however many pages show the list and however much changes.
INTERVAL_SECONDS = 0.5
# Of one owner's list, so many pages are kept up to date at a time.
LIST_PAGES_MOST = 4


@dataclass(slots=True)
class ListPage:
    """One page of an owner's list: the sockets that show it, those that await their snapshot, and what was told."""

    sockets: set[Recipient] = field(default_factory=set)
    waiting: set[Recipient] = field(default_factory=set)
    told: dict[str, protocol.LiveRoom] | None = None


class RoomListSubscribers:
    """Sockets by owner and page of the list.

    After changes the rooms are read once for all sockets of an owner. A socket gets a snapshot from its first read and
    the difference from later ones. An owner waits for one read of each other owner at most.
    """

    def __init__(self, bus: Bus, spawn: Spawn, timer: Timer | None = None) -> None:
        self._bus = bus
        self._spawn = spawn
        self._owners: dict[int, dict[int, ListPage]] = {}
        self._reading: set[int] = set()
        self._stale: set[int] = set()
        self._refreshes: Coalescer[int] = Coalescer(INTERVAL_SECONDS, self._begin_reading, timer)

    async def add(self, owner_id: int, number: int, socket: Recipient) -> None:
        """Send the rooms of page ``number`` to the socket, and changes from now on, in place of the page it had before.

        Raises Refused while many other pages of that list are shown.
        """
        pages = self._owners.setdefault(owner_id, {})
        if number not in pages and len(pages) >= LIST_PAGES_MOST:
            raise Refused("too_many", "This list is open in many windows. This one is not kept up to date.")
        _discard(pages, socket)
        page = pages.setdefault(number, ListPage())
        page.sockets.add(socket)
        page.waiting.add(socket)
        await self._bus.follow(owner_topic(owner_id))
        self.refresh(owner_id)

    async def remove(self, owner_id: int, socket: Recipient) -> None:
        """Send nothing more to the socket."""
        pages = self._owners.get(owner_id)
        if pages is None:
            return
        _discard(pages, socket)
        if not pages:
            del self._owners[owner_id]
            await self._bus.unfollow(owner_topic(owner_id))

    def refresh(self, owner_id: int) -> None:
        """Read the owner's rooms again soon, because something may have changed, and send the difference."""
        if owner_id in self._owners:
            self._refreshes.request(owner_id)

    def refresh_all(self) -> None:
        for owner_id in list(self._owners):
            self.refresh(owner_id)

    def _begin_reading(self, owner_id: int) -> None:
        if owner_id not in self._owners:
            return
        self._stale.add(owner_id)
        if owner_id not in self._reading:
            self._reading.add(owner_id)
            self._spawn(self._read(owner_id))

    async def _read(self, owner_id: int) -> None:
        """Read until nothing was asked for during the last read."""
        try:
            while owner_id in self._stale and owner_id in self._owners:
                self._stale.discard(owner_id)
                numbers = list(self._owners[owner_id])
                for number, rooms in (await background_executor.run(rooms_of, owner_id, numbers)).items():
                    self._tell(owner_id, number, rooms)
        except Exception:
            log.exception("the list of rooms could not be read")
        finally:
            self._reading.discard(owner_id)
            self._stale.discard(owner_id)

    def _tell(self, owner_id: int, number: int, rooms: list[protocol.LiveRoom]) -> None:
        page = self._owners.get(owner_id, {}).get(number)
        if page is None:
            return
        snapshot = protocol.Live(rooms=rooms)
        news = _difference(page.told or {}, snapshot)
        page.told = {room.slug: room for room in rooms}
        known, page.waiting = page.sockets - page.waiting, set()
        newcomers = page.sockets - known
        _send(newcomers, [snapshot])
        _send(known, news)


def _discard(pages: dict[int, ListPage], socket: Recipient) -> None:
    for number, page in list(pages.items()):
        page.sockets.discard(socket)
        page.waiting.discard(socket)
        if not page.sockets:
            del pages[number]


def _difference(told: dict[str, protocol.LiveRoom], now: protocol.Live) -> list[protocol.ServerMessage]:
    if told.keys() != {room.slug for room in now.rooms}:
        return [now]
    return [protocol.LiveRoomChanged(room=room) for room in now.rooms if told[room.slug] != room]


def _send(sockets: set[Recipient], messages: list[protocol.ServerMessage]) -> None:
    """Encode each message once for all sockets."""
    for frame in map(protocol.encode, messages if sockets else []):
        for socket in sockets:
            socket.send_frame(frame)
