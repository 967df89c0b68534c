"""Writes the frames of one socket, in order and within a bound, and closes it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rooms import protocol
from rooms.realtime.contracts import Spawn
from rooms.realtime.outbox import Outbox
from rooms.realtime.tasks import start_eagerly

log = logging.getLogger("lanai.socket")


class Writer:
    """Owns the frames that wait for ``send``, the ASGI callable of one socket.

    ``is_closing`` is set by ``close``; nothing is written after the frame that it was given.
    """

    def __init__(self, send: Callable[[dict[str, Any]], Awaitable[None]], spawn: Spawn) -> None:
        self._send = send
        self._spawn = spawn
        self._outbox = Outbox()
        self._is_writing = False
        self._task: asyncio.Task[Any] | None = None
        self._close_code: int | None = None

    @property
    def is_closing(self) -> bool:
        return self._close_code is not None

    def put(self, frame: str, sender: str = "") -> bool:
        """Write a frame in order; False, with everything that waited dropped, when the page reads too slowly."""
        if self._close_code is not None:
            return True
        if not self._is_writing and not self._outbox:
            self._start(frame)  # most frames, whose way through the outbox would cost as much as writing them
            return True
        if self._outbox.size + len(frame) > protocol.SIGNAL_BACKLOG_BYTES:
            self._outbox.clear()
            return False
        self._outbox.put(frame, sender)
        self.resume()
        return True

    def has_share_left(self, frame: str, sender: str) -> bool:
        """Whether a signal of this sender fits beside those of theirs that wait already."""
        return not self._outbox or self._outbox.share(sender) + len(frame) <= protocol.SIGNAL_SHARE_BYTES

    def close(self, frame: str, code: int) -> None:
        """Write a last frame after what was put so far, then close with ``code``."""
        self._outbox.put(frame)
        self._close_code = code
        self.resume()

    def resume(self) -> None:
        """Go on with what waits in the outbox."""
        if not self._is_writing:
            self._start(self._outbox.pop())

    def _start(self, frame: str) -> None:
        """Write at once, as far as ``send`` does not wait: a task for each frame would cost more than the frame."""
        if rest := start_eagerly(self._write(frame)):
            self._task = self._spawn(rest, lasting=True)

    async def _write(self, frame: str) -> None:
        """Write this frame, then those in the outbox.

        ``send`` waits while the other side does not read; the server ends that wait (config/serving).
        """
        self._is_writing = True
        try:
            await self._send({"type": "websocket.send", "text": frame})
            while self._outbox:
                await self._send({"type": "websocket.send", "text": self._outbox.pop()})
            if self._close_code is not None:
                await self._send({"type": "websocket.close", "code": self._close_code})
        except (OSError, RuntimeError) as problem:
            log.debug("a socket could not be written to: %s", type(problem).__name__)
        except Exception:  # whatever it is, it must not reach the code that had something to send
            log.exception("a socket could not be written to")
        finally:
            self._is_writing = False

    def abandon(self) -> None:
        """Stop writing to a socket that the other side has closed; a close of our own is completed."""
        if self._task is not None and not self.is_closing:
            self._task.cancel()

    async def wait_closed(self) -> None:
        """Wait until a close that was begun has been written."""
        if self._task is not None and self.is_closing:
            await asyncio.wait([self._task])
