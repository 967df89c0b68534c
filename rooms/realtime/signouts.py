"""Closes the sockets of accounts that sign out, are switched off or deleted, at whichever process they are."""

from __future__ import annotations

import asyncio

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

    def close_everywhere(self, user_id: int, session: str) -> None:
        """Close the sockets of an account here and at the other processes. May be called from any thread."""
        self._loop.call_soon_threadsafe(self._close_everywhere, user_id, session)

    def _close_everywhere(self, user_id: int, session: str) -> None:
        self.close_here(user_id, session)
        self._bus.publish(ACCOUNTS_TOPIC, SignedOut(user=user_id, session=session))

    def close_here(self, user_id: int, session: str) -> None:
        """Close the sockets of an account at this process; ``session`` is a guest id, or "" for all sessions."""
        for socket in list(self._sockets):
            person = socket.person
            if person and person.user_id == user_id and session in ("", person.guest):
                socket.close_with(protocol.bye("signed_out"))
