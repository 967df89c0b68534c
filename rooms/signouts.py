"""Accounts that sign out, are switched off or deleted: their sockets close, at whichever process they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rooms import outgoing, protocol

if TYPE_CHECKING:
    from rooms.hub import Hub


class SignOuts:
    TOPIC = "accounts"

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    def start(self) -> None:
        outgoing.farewells.append(self.send_away)
        self._hub.spawn(self._hub.mailbox.follow(self.TOPIC))

    def stop(self) -> None:
        outgoing.farewells.remove(self.send_away)

    def send_away(self, user_id: int, session: str) -> None:
        """Here and at the other processes. From any thread."""
        self._hub.loop.call_soon_threadsafe(self._send_away, user_id, session)

    def _send_away(self, user_id: int, session: str) -> None:
        self.carry_out(user_id, session)
        self._hub.mailbox.publish(self.TOPIC, {"user": user_id, "session": session})

    def carry_out(self, user_id: int, session: str) -> None:
        for socket in list(self._hub.sweep.sockets):
            person = socket.person
            if person and person.user_id == user_id and session in ("", person.guest):
                socket.dismiss(protocol.bye("signed_out"))
