"""The nicknames people used, kept for their next green room."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from accounts.people import remember_nicknames
from rooms.desk import live_desk

if TYPE_CHECKING:
    from rooms.hub import Hub

log = logging.getLogger("lanai.names")


class NameKeeper:
    """Writes at once, and together whatever came while it wrote. Nobody waits for it."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._waiting: dict[str, str] = {}
        self._is_writing = False

    def keep(self, session_key: str, nickname: str) -> None:
        if session_key:
            self._waiting[session_key] = nickname
            if not self._is_writing:
                self._is_writing = True
                self._hub.spawn(self._write())

    async def _write(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting, {}
                await live_desk.run(remember_nicknames, batch)
        except Exception:
            log.exception("nicknames could not be kept for the next time")
        finally:
            self._is_writing = False
