"""A client that dies silently is gone for everybody within half a minute; one that only slept gets its seat back."""

from __future__ import annotations

import signal

import pytest

from tests.model.client_process import Browser
from tests.model.connection import Connection
from tests.model.meeting import Meeting, Seated

pytestmark = pytest.mark.timeout(90)
GONE_WITHIN = 30


@pytest.fixture
def meeting(stack, leaks):
    made = Meeting(stack, 4)
    yield made
    leaks.check(made.slug)


async def seconds_until_gone(meeting: Meeting, ada: Seated, seat: str) -> int:
    """How long Ada's page shows it, while the server processes that are left live on."""
    for second in range(1, 2 * GONE_WITHIN):
        await ada.line.beat()
        meeting.stack.tick()
        await ada.line.beat()
        if seat not in ada.line.roster.seats:
            return second
    raise AssertionError("a ghost")


@pytest.mark.parametrize("process", [0, 1], ids=["same process", "another process"])
@pytest.mark.parametrize("fate", [signal.SIGKILL, signal.SIGSTOP], ids=["killed", "stopped"])
async def test_a_killed_or_stopped_browser_is_gone_in_time(meeting, stack, fate, process):
    ada = await meeting.seat("Ada", process)
    cookie = meeting.person_of("Grace").cookie
    with Browser(stack.processes[0].origin, meeting.slug, cookie) as browser:
        await ada.line.until(lambda: browser.seat in ada.line.roster.seats, "Grace")
        browser.process.send_signal(fate)
        if fate is signal.SIGKILL:
            stack.processes[0].ask("until_away", id=browser.seat)
        assert await seconds_until_gone(meeting, ada, browser.seat) <= GONE_WITHIN
        if fate is signal.SIGSTOP:
            await comes_back(meeting, browser, cookie)
    await ada.line.drop()


async def comes_back(meeting: Meeting, browser: Browser, cookie: str) -> None:
    """The process goes on, and its page says hello again: the same seat."""
    browser.process.send_signal(signal.SIGCONT)
    line = Connection()
    await line.open(meeting.stack.processes[1].origin, f"/ws/r/{meeting.slug}/", cookie)
    await line.ask("hello", key=browser.key, page="0" * 8, attempt=2, nickname="Grace", mic=True, cam=True)
    assert line.seat == browser.seat
    await line.drop()


async def test_a_server_process_that_is_killed_leaves_no_ghosts(meeting, stack):
    ada = await meeting.seat("Ada", process=1)
    grace = await meeting.seat("Grace")
    stack.tick()
    stack.processes[0].kill()
    try:
        await grace.line.closed()
        assert await seconds_until_gone(meeting, ada, grace.line.seat) <= GONE_WITHIN
    finally:
        stack.start_what_ended()
    await ada.line.drop()
