"""Checks every minute whether the sessions of this process's open sockets are still valid."""

from __future__ import annotations

import asyncio
import logging

from accounts.people import Person, people_of
from rooms import protocol
from rooms.realtime.contracts import Socket
from rooms.rules.access import refuse_socket
from rooms.runtime.executors import reconciler_executor

log = logging.getLogger("lanai.socket")

EVERY_SECONDS = 60


class SessionCheck:
    """Finds changes that sent no signal: a row changed by hand or by a command, an expired session, a lost message.

    One check reads all sessions and all accounts in two statements, however many sockets there are.
    """

    def __init__(self, sockets: set[Socket]) -> None:
        self._sockets = sockets

    async def run(self) -> None:
        """Check every minute, for ever."""
        while True:
            await asyncio.sleep(EVERY_SECONDS)
            try:
                await self.check()
            except Exception:
                log.exception("open sockets' sessions could not be checked; the next try is in a minute")

    async def check(self) -> None:
        """Close the sockets whose session ended, or became another one."""
        sockets = [socket for socket in self._sockets if socket.person is not None]
        if not sockets:
            return
        people = await reconciler_executor.run(people_of, [socket.session_key for socket in sockets])
        for socket in sockets:
            if code := _refuse(socket.person, people.get(socket.session_key)):
                socket.close_with(protocol.bye(code))


def _refuse(before: Person | None, now: Person | None) -> str | None:
    """Return the code of a bye, or None.

    A session that is gone has expired or got a new key, by signing in or by changing the password in it. Its browser
    comes back with the cookie it has now, and admission decides; a copy of the old cookie stays out.
    """
    if now is None:
        return "session_renewed"
    if before is not None and now.standing is before.standing and now.user_id == before.user_id:
        return None
    return refuse_socket(now) or "session_renewed"
