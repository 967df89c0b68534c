"""Races between two processes: whichever comes first, the result is one seat and true rosters."""

from __future__ import annotations

import asyncio
import itertools
import secrets
from typing import Any

import pytest

from tests.model.connection import Connection
from tests.model.hypothesis_settings import FACTOR
from tests.model.meeting import Meeting, Seated
from tests.model.signing_in import sign_in

TIMES = 5 * FACTOR
pytestmark = pytest.mark.timeout(90 * FACTOR)


@pytest.fixture
def meeting(stack) -> Meeting:
    return Meeting(stack, 8)


@pytest.fixture(autouse=True)
def nothing_left(stack, leaks, meeting):
    yield
    stack.all("mode", mode="pass")
    leaks.check(meeting.slug)


def only_seat(meeting: Meeting) -> dict[str, Any]:
    row: dict[str, Any]
    (row,) = meeting.stack.processes[0].use("roster", slug=meeting.slug)
    return row


class Page:
    """A page that repeats its hello until it has a seat."""

    def __init__(self, meeting: Meeting, name: str = "Grace") -> None:
        self.meeting, self.name = meeting, name
        self.cookie = meeting.person_of(name).cookie
        self.key, self.page, self.attempt = secrets.token_hex(16), secrets.token_hex(4), itertools.count(1)

    async def dial(self, process: int) -> Connection:
        line = Connection()
        stack = self.meeting.stack
        await line.open(stack.processes[process].origin, f"/ws/r/{self.meeting.slug}/", self.cookie)
        return line

    def hello(self) -> dict[str, Any]:
        return {
            "key": self.key, "page": self.page, "attempt": next(self.attempt), "nickname": self.name,
            "mic": True, "cam": True,
        }  # fmt: skip

    async def join(self, process: int) -> Connection:
        line = await self.dial(process)
        answer = await line.ask("hello", **self.hello())
        assert answer["type"] == "ack", answer
        return line


async def within_the_period(meeting: Meeting, *lines: Connection) -> None:
    for _ in range(10):
        for line in lines:
            await line.beat()
        meeting.stack.tick()
    for line in lines:
        await line.beat()


@pytest.mark.parametrize("committed", [True, False], ids=["after the commit", "at any moment"])
async def test_a_lost_welcome_costs_no_seat(meeting, committed):
    """The page says hello again and gets the seat whose welcome was lost."""
    for _ in range(TIMES):
        page = Page(meeting)
        lost = await page.dial(0)
        await lost.say("hello", **page.hello())
        while committed and not meeting.stack.processes[0].use("seats_not_ended", slug=meeting.slug):
            await asyncio.sleep(0)
        await lost.drop()
        line = await page.join(1)
        await within_the_period(meeting, line)
        assert list(line.roster.seats) == [line.seat]
        assert (only_seat(meeting)["id"], only_seat(meeting)["away"]) == (line.seat, False)
        await line.ask("leave")


async def test_two_tabs_with_one_key_in_the_same_instant(meeting):
    for _ in range(TIMES):
        page = Page(meeting)
        tabs = [await page.dial(0), await page.dial(1)]
        hellos = [page.hello(), page.hello()]
        await asyncio.gather(*(tab.ask("hello", **hello) for tab, hello in zip(tabs, hellos, strict=True)))
        await within_the_period(meeting, *tabs)
        earlier, later = tabs
        assert later.is_open and not earlier.is_open, "the higher attempt wins"
        assert (earlier.bye or {})["code"] == "taken"
        assert (only_seat(meeting)["id"], only_seat(meeting)["away"]) == (later.seat, False)
        await later.ask("leave")


@pytest.mark.parametrize("process", [0, 1], ids=["same process", "another process"])
async def test_the_clean_up_of_the_old_socket_races_with_the_new_hello(meeting, process):
    ada = await meeting.seat("Ada")
    for _ in range(TIMES):
        page = Page(meeting)
        old = await page.join(0)
        ada.line.heard.clear()
        _, new = await asyncio.gather(old.drop(), page.join(process))
        await within_the_period(meeting, ada.line, new)
        assert new.seat == old.seat
        assert not ada.line.roster.seats[new.seat]["away"]
        assert ada.line.roster.seats == new.roster.seats
        assert not [message for message in ada.line.heard if message["type"] == "seat.left"]
        await new.ask("leave")
    await ada.line.drop()


async def test_a_reload_succeeds_while_its_process_is_dead(meeting, stack):
    ada = await meeting.seat("Ada", process=1)
    page = Page(meeting)
    before = await page.join(0)
    stack.processes[0].kill()
    try:
        await before.closed()
        page.page = secrets.token_hex(4)
        after = await page.join(1)
    finally:
        stack.start_what_ended()
    await within_the_period(meeting, ada.line, after)
    assert after.seat == before.seat
    assert (ada.line.roster.seats[after.seat]["epoch"], ada.line.roster.seats[after.seat]["away"]) == (2, False)
    assert not [message for message in ada.line.heard if message["type"] == "seat.left"]
    for line in (ada.line, after):
        await line.drop()


async def test_signing_in_during_a_call(meeting, stack):
    """In another tab: the open socket goes on, and the next hello brings the role."""
    page = Page(meeting)
    line = await page.join(0)
    assert line.roster.seats[line.seat]["role"] == "member"
    page.cookie = sign_in(stack.processes[0], meeting.owner, page.cookie)
    assert (await line.ask("state", hand=True))["type"] == "ack"
    assert (await line.ask("chat", text="Still here", ref="c1"))["type"] == "ack"
    await line.drop()
    again = await page.join(1)
    mine = again.roster.seats[again.seat]
    assert again.seat == line.seat
    assert (mine["role"], mine["guest"], bool(mine["hand"])) == ("host", False, True)
    await again.drop()


async def test_a_rename_and_a_join_race_for_one_nickname(meeting):
    """One of the three gets it, and the others get a free suggestion."""
    for _ in range(TIMES):
        ada, grace = await Page(meeting, "Ada").join(0), await Page(meeting, "Grace").join(1)
        linus = Page(meeting, "Linus")
        newcomer = await linus.dial(1)
        answers = await asyncio.gather(
            ada.ask("nickname", nickname="Linus"),
            grace.ask("nickname", nickname="LINUS"),
            newcomer.ask("hello", **linus.hello()),
        )
        assert sorted(answer.get("code", "ack") for answer in answers) == ["ack", "nickname_taken", "nickname_taken"]
        assert {answer["suggestion"].casefold() for answer in answers if "suggestion" in answer} == {"linus 2"}
        await within_the_period(meeting, ada, grace)
        assert ada.roster.seats == grace.roster.seats
        names = [seat["nickname"].casefold() for seat in ada.roster.seats.values()]
        assert names.count("linus") == 1
        for line in (ada, grace, newcomer):
            if line.is_open:
                await line.ask("leave")


async def test_a_leave_that_arrives_before_its_join_leaves_no_seat(meeting, stack):
    """Events that arrive twice and in reverse order bring nobody back."""
    ada = await meeting.seat("Ada")
    stack.processes[1].ask("mode", mode="hold")
    grace = await Page(meeting).join(1)
    await grace.ask("state", hand=True)
    await grace.ask("leave")
    stack.processes[1].ask("mode", mode="pass")
    await marker(meeting, ada)
    assert list(ada.line.roster.seats) == [ada.line.seat]
    await ada.line.drop()


async def test_an_old_update_after_a_newer_snapshot(meeting, stack):
    ada = await meeting.seat("Ada")
    grace = await Page(meeting).join(1)
    stack.processes[1].ask("mode", mode="hold")
    for on in (True, False, True, False):
        await grace.ask("state", hand=on, screen=not on)
    await ada.line.ask("sync")
    ada.line.heard.clear()
    stack.processes[1].ask("mode", mode="pass")
    await marker(meeting, ada)
    assert ada.line.roster.seats[grace.seat] == grace.roster.seats[grace.seat]
    assert not [message for message in ada.line.heard if message.get("seat", {}).get("id") == grace.seat]
    for line in (ada.line, grace):
        await line.drop()


async def marker(meeting: Meeting, ada: Seated) -> None:
    """Wait until everything that process 1 has published has reached Ada."""
    last = await Page(meeting, "Last").join(1)
    await ada.line.until(lambda: last.seat in ada.line.roster.seats, "last news")
    await last.ask("leave")
    await ada.line.until(lambda: last.seat not in ada.line.roster.seats, "last farewell")


async def test_fifty_joins_in_flight(meeting, stack):
    """Ten rooms, five people each, at both processes: every roster is whole without a correction by the reconciler."""
    rooms = [Meeting(stack, 6) for _ in range(10)]
    corrections = sum(held["corrections"] for held in stack.all("holdings"))
    pages = [(room, Page(room, f"Person {n}")) for room in rooms for n in range(5)]
    lines = await asyncio.gather(*(page.join(n % 2) for n, (_, page) in enumerate(pages)))
    everybody: dict[Meeting, set[str]] = {room: set() for room in rooms}
    for (room, _), line in zip(pages, lines, strict=True):
        everybody[room].add(line.seat)
    for (room, _), line in zip(pages, lines, strict=True):
        await line.until(lambda line=line, room=room: set(line.roster.seats) == everybody[room], "whole roster")
    assert sum(held["corrections"] for held in stack.all("holdings")) == corrections
    for line in lines:
        await line.drop()
