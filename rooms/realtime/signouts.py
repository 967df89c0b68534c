"""Closes the sockets of accounts whose sessions end, at every process."""

from __future__ import annotations

import asyncio

from accounts.people import Person
from rooms import protocol
from rooms.realtime.bus import Bus
from rooms.realtime.bus_messages import ACCOUNTS_TOPIC, SignedOut
from rooms.realtime.contracts import Socket, Spawn
from rooms.services import events


class SignOuts:
    """Listens for sign-outs of this process, and tells the other processes."""

    def __init__(self, spawn: Spawn, bus: Bus, sockets: set[Socket]) -> None:
        self._loop = asyncio.get_running_loop()
        self._spawn = spawn
        self._bus = bus
        self._sockets = sockets

    def start(self) -> None:
        events.sign_out_listeners.append(self.close_everywhere)
        self._spawn(self._bus.follow(ACCOUNTS_TOPIC))

    def stop(self) -> None:
        events.sign_out_listeners.remove(self.close_everywhere)

    def close_everywhere(self, user_id: int, session: str, but: str = "") -> None:
        """Close the sockets of an account here and at the other processes. May be called from any thread."""
        self._loop.call_soon_threadsafe(self._close_everywhere, user_id, session, but)

    def _close_everywhere(self, user_id: int, session: str, but: str) -> None:
        self.close_here(user_id, session, but)
        self._bus.publish(ACCOUNTS_TOPIC, SignedOut(user=user_id, session=session, but=but))

    def close_here(self, user_id: int, session: str, but: str) -> None:
        """Close the sockets of an account at this process.

        ``session`` is the guest id of one session, or "" for all without that of ``but``.
        """
        for socket in list(self._sockets):
            if socket.person and _has_ended(socket.person, user_id, session, but):
                socket.close_with(protocol.bye("signed_out"))


def _has_ended(person: Person, user_id: int, session: str, but: str) -> bool:
    if session:  # a socket may be older than the sign-in of its session
        return person.guest == session and person.user_id in (user_id, None)
    return person.user_id == user_id and not (but and person.guest == but)
