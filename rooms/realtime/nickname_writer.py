"""Stores the nicknames that people use, for their next green room."""

from __future__ import annotations

import logging

from accounts.people import remember_nicknames
from rooms.realtime.contracts import Spawn
from rooms.runtime.executors import background_executor

log = logging.getLogger("lanai.names")


class NicknameWriter:
    """Writes in the background, while no socket waits, and in batches: nicknames that come meanwhile make the next."""

    def __init__(self, spawn: Spawn) -> None:
        self._spawn = spawn
        self._waiting: dict[str, str] = {}
        self._is_writing = False

    def store(self, session_key: str, nickname: str) -> None:
        """Store a nickname with its session."""
        if session_key:
            self._waiting[session_key] = nickname
            if not self._is_writing:
                self._is_writing = True
                self._spawn(self._write())

    async def _write(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting, {}
                await background_executor.run(remember_nicknames, batch)
        except Exception:
            log.exception("nicknames could not be stored for the next time")
        finally:
            self._is_writing = False
