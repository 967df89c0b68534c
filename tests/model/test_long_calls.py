"""A call of more than a day survives the expiry of sockets, groups, sessions and credentials."""

from __future__ import annotations

import asyncio
import itertools
import secrets
from collections.abc import Iterator

import pytest

from tests.model.clocked_stack import ClockedStack
from tests.model.connection import Connection
from tests.model.leaks import Leaks
from tests.model.meeting import Meeting

pytestmark = pytest.mark.timeout(120)
EXPIRY = 2  # seconds, for what is otherwise a day or a month
TTL = 3600
HOUR = 3600


@pytest.fixture
def short_lived(redis_server, postgres_server) -> Iterator[ClockedStack]:
    settings = {"DATABASE_URL": postgres_server.new_database(), "REDIS_URL": redis_server.url}
    turn = {"TURN_URLS": "turn:turn.example.org", "TURN_SECRET": secrets.token_hex(32), "TURN_TTL": str(TTL)}
    with ClockedStack("lives", {"SHORT_LIVES": str(EXPIRY), **settings, **turn}) as running:
        yield running


async def live_on(stack: ClockedStack, meeting: Meeting) -> None:
    """More than a day by our clock, and longer than anything that expires by the libraries' clocks."""
    loop = asyncio.get_running_loop()
    end = loop.time() + 2.5 * EXPIRY
    for hour in itertools.count():
        await meeting.tick(HOUR)
        if hour > 25 and loop.time() > end:
            return
        await asyncio.sleep(EXPIRY / 20)


def credential_ends_at(line: Connection) -> int:
    return int(line.welcome["ice_servers"][-1]["username"].split(":")[0])


async def test_a_call_lasts_for_more_than_a_day(short_lived):
    stack = short_lived
    leaks = Leaks(stack, stack.settings["REDIS_URL"])
    meeting = Meeting(stack, 4)
    owner = meeting.person_of("owner", owner=True)
    page = Connection()
    await page.open(stack.processes[0].origin, "/ws/live/", owner.cookie)
    await page.ask("subscribe")
    meeting.bystanders.append(page)
    ada, grace = await meeting.seat("Ada", process=0), await meeting.seat("Grace", process=1)
    await live_on(stack, meeting)

    await meeting.converge()
    for one, other in ((ada, grace), (grace, ada)):
        assert (await meeting.signal(one, other.line.seat))["type"] == "ack"
        await meeting.hears_last_signal(other)
        await meeting.switch(one, hand=True)
        await meeting.chat(one, "Still here", "c1")
        assert (await one.line.ask("sync"))["type"] == "ack"
        assert stack.now < credential_ends_at(one.line) <= stack.now + TTL
    assert stack.processes[1].ask("holdings")["sockets"] == 1
    await meeting.converge()

    page.heard.clear()
    await meeting.leave(grace)
    await page.until(lambda: any(told.get("room", {}).get("people") == ["Ada"] for told in page.heard), "news of it")
    await meeting.leave(ada)
    await page.close()
    leaks.check(meeting.slug)
    leaks.close()
