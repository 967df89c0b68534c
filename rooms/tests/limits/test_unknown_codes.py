"""Sockets of unknown codes are throttled per address, and those of rooms that exist never are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from limits import parse

from rooms.realtime.sockets import TOO_MANY_RETRY_SECONDS
from rooms.rules import access
from rooms.runtime.executors import seat_executor
from rooms.services import rooms as services

LIMIT = 2
KEY = "ab" * 16
UNKNOWN = "aaa-aaaa-aaa"


@pytest.fixture(autouse=True)
def few_tries(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(access._unknown_codes, "rate", parse(f"{LIMIT}/minute"))
    access._unknown_codes.forget_local()
    yield
    access._unknown_codes.forget_local()


async def codes(connect, slug: str, times: int) -> list[str]:
    return [(await (await connect(slug=slug)).receive_bye())["code"] for _ in range(times)]


async def run_dry(connect) -> None:
    await codes(connect, UNKNOWN, LIMIT + 1)


async def test_an_unknown_code_beyond_the_limit_is_asked_to_come_back_later(connect):
    assert await codes(connect, UNKNOWN, LIMIT + 1) == ["no_such_room", "no_such_room", "too_many"]
    late = await connect(slug=UNKNOWN)
    bye = await late.receive_bye()
    assert (bye["code"], bye["action"], bye["retry_in"]) == ("too_many", "rejoin", TOO_MANY_RETRY_SECONDS)
    assert late.closed_with == 4429


@pytest.mark.parametrize("who", ["owner", "outsider", "guest"])
async def test_people_behind_an_address_over_its_limit_can_join(connect, owner, outsider, who):
    await run_dry(connect)
    caller = await connect({"owner": owner, "outsider": outsider, "guest": None}[who])
    assert (await caller.join("Ada"))["type"] == "welcome"


@pytest.mark.parametrize("who", ["owner", "outsider", "guest"])
@pytest.mark.parametrize(("away_seconds", "reason"), [(1, ""), (60, "expired")])
async def test_a_lost_socket_behind_an_address_over_its_limit_ends_no_call(
    connect, hub, time, seat_row, owner, outsider, who, away_seconds, reason
):
    """Within the grace period, and after it, while the expired seat can be resumed."""
    before = await connect({"owner": owner, "outsider": outsider, "guest": None}[who])
    await before.join("Ada", key=KEY)
    await run_dry(connect)
    await before.close(1006)
    await hub.tasks.settle()
    time.advance(away_seconds)
    await hub.reconciler.once()
    assert (await seat_row(before.seat)).reason == reason
    again = await connect(cookie=before.cookie)
    assert (await again.join("Ada", key=KEY, attempt=2))["type"] == "welcome"
    assert again.seat == before.seat


async def test_a_class_waiting_for_a_closed_room_is_not_throttled(connect, owner, room):
    await seat_executor.run(lambda: services.close_room(room=room, by=owner))
    assert await codes(connect, room.slug, LIMIT + 2) == ["no_such_room"] * (LIMIT + 2)
    assert await codes(connect, UNKNOWN, 1) == ["no_such_room"]
    await seat_executor.run(lambda: services.reopen_room(room=room, by=owner))
    assert (await (await connect()).join("Ada"))["type"] == "welcome"
