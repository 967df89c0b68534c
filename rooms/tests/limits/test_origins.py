from __future__ import annotations

import pytest

from rooms.runtime.executors import seat_executor
from rooms.tests.conftest import ORIGIN, Caller, session_cookie


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
async def test_another_origin_gets_no_socket(hub, room, origin):
    cookie = await seat_executor.run(session_cookie)
    for path in (f"/ws/r/{room.slug}/", "/ws/live/"):
        assert not await Caller(path, cookie, origin).connect()


async def test_unknown_codes_are_answered_alike_and_run_dry_per_address(hub, room, settings, monkeypatch):
    from limits import parse
    from limits.storage import MemoryStorage
    from limits.strategies import MovingWindowRateLimiter

    from rooms.rules import access

    monkeypatch.setattr(access._unknown_codes, "_shared", MovingWindowRateLimiter(MemoryStorage()))
    monkeypatch.setattr(access._unknown_codes, "_rate", parse("2/minute"))
    cookie = await seat_executor.run(session_cookie)
    for slug in ("aaa-aaaa-aaa", "aaa-aaaa-aab", room.slug):
        caller = Caller(f"/ws/r/{slug}/", cookie)
        await caller.connect()
        assert (await caller.bye())["code"] == "no_such_room", slug
        await caller.close(4404)
