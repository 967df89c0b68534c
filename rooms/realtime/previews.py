"""Tells green rooms who is inside."""

from __future__ import annotations

from rooms import protocol
from rooms.realtime.coalescing import Coalescer, Timer
from rooms.realtime.contracts import RoomRecipient
from rooms.realtime.local_room import LocalRoom

# A whole class may wait in the green room of one room: the cost of each change is multiplied by all of them.
INTERVAL_SECONDS = 0.3


class Previews:
    """Sends previews: encoded once for those who may see names and once for the others, a few times a second at most,
    and only to sockets that were told something else before.
    """

    def __init__(self, rooms: dict[int, LocalRoom], timer: Timer | None = None) -> None:
        self._rooms = rooms
        self._refreshes: Coalescer[int] = Coalescer(INTERVAL_SECONDS, self._send, timer)

    def refresh(self, room_id: int) -> None:
        """Tell the previewers of the room soon, because something may have changed."""
        room = self._rooms.get(room_id)
        if room is not None and room.previewers:
            self._refreshes.request(room_id)

    def _send(self, room_id: int) -> None:
        room = self._rooms.get(room_id)
        if room is None:
            return
        frames = {may_enter: _frame(room, may_enter) for may_enter in {one.may_enter for one in room.previewers}}
        for socket in list(room.previewers):
            _tell(socket, frames[socket.may_enter])

    def send_first(self, socket: RoomRecipient) -> None:
        """Answer a socket that begins to preview the room, or asks again."""
        socket.told_preview = ""
        _tell(socket, _frame(self._rooms[socket.room_id], socket.may_enter))


def _frame(room: LocalRoom, with_names: bool) -> str:
    preview = room.preview(with_names)
    return "" if preview is None else protocol.encode(preview)


def _tell(socket: RoomRecipient, frame: str) -> None:
    if frame and socket.told_preview != frame:
        socket.told_preview = frame
        socket.send_frame(frame)
