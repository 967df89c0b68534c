"""Sockets are refused to pages of other origins and to addresses that guess room codes."""

from __future__ import annotations

import pytest

from rooms.runtime.executors import seat_executor
from rooms.tests.conftest import ORIGIN, SocketClient, session_cookie


@pytest.mark.parametrize(
    "origin",
    [
        None,
        "null",
        "https://evil.example",
        ORIGIN.replace("http://", "https://"),
        ORIGIN.rsplit(":", 1)[0],
        ORIGIN + "9",
        "http://localhost.evil.example:8000",
    ],
)
async def test_a_missing_or_foreign_origin_is_refused(hub, room, origin):
    cookie = await seat_executor.run(session_cookie)
    for path in (f"/ws/r/{room.slug}/", "/ws/live/"):
        assert not await SocketClient(path, cookie, origin).connect()
