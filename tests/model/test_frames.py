"""Every frame is answered or ends its own socket with a documented code, and no other."""

from __future__ import annotations

import json

import pytest
from hypothesis import given

from rooms import protocol
from tests.model.clocked_stack import ClockedStack
from tests.model.connection import Connection
from tests.model.frame_strategies import Frame, frames
from tests.model.hypothesis_settings import FACTOR, examples
from tests.model.meeting import Meeting

PATIENT_FRAMES = 5  # and a barrier after each, so that no barrier is refused for its rate


class FuzzedSocket:
    """A socket that sends arbitrary frames beside people who go on with their meeting. It is replaced when closed."""

    def __init__(self, stack: ClockedStack, *, owner: bool = False) -> None:
        self.stack = stack
        self.meeting, self.elsewhere = Meeting(stack, 6), Meeting(stack, 6)
        self.person = self.meeting.person_of("anybody", owner=owner)
        self.said = 0
        self.line: Connection | None = None

    async def open(self) -> None:
        self.neighbours = [await self.meeting.seat("Ada"), await self.elsewhere.seat("Grace")]

    async def renew(self, path: str) -> Connection:
        """The socket, open and within its limits."""
        if self.said % PATIENT_FRAMES == 0:
            await self.rest()
        self.said += 1
        if self.line is None or not self.line.is_open:
            self.line = Connection()
            await self.line.open(self.stack.processes[0].origin, path, self.person.cookie)
            await self.greet(self.line)
        self.line.heard.clear()
        return self.line

    async def greet(self, line: Connection) -> None:
        """Every second socket takes a seat first."""

    async def rest(self) -> None:
        """Let seven seconds pass without frames, and check that the other people are unaffected."""
        self.stack.tick(7)
        for seated in self.neighbours:
            await seated.line.beat()
            assert seated.line.is_open, seated.line.bye
            assert seated.line.seat in seated.line.roster.seats
            seated.line.heard.clear()

    async def close(self) -> None:
        if self.line is not None and self.line.is_open:
            await self.line.drop()
        for seated in self.neighbours:
            await seated.line.drop()


class RoomFuzzedSocket(FuzzedSocket):
    async def greet(self, line: Connection) -> None:
        if self.said % 2:
            await line.ask("hello", key="5" * 32, page="6" * 8, attempt=2**31 - 1, nickname="Any", mic=True, cam=True)


# In a room: refused, after every frame before it was handled. Elsewhere: an ack and a pong.
BARRIERS = {"room": {"type": "reaction", "emoji": "none"}, "live": {"type": "ping"}}
OWN_ANSWERS = {"room": 1, "live": 2}


async def check(door: FuzzedSocket, kind: str, frame: Frame) -> None:
    line = await door.renew("/ws/live/" if kind == "live" else f"/ws/r/{door.meeting.slug}/")
    content, as_text = frame
    before = line.answers
    await line.send(content, text=as_text)
    ref = f"barrier-{door.said}"
    await line.send(json.dumps({**BARRIERS[kind], "ref": ref}))
    await line.until(lambda: line.has_answer(ref) or not line.is_open, f"answer after {content!r}")
    if asks_for_list(frame):
        await line.until(lambda: line.heard or not line.is_open, "list of rooms")
    if line.is_open:
        # A list is sent a moment after it was asked for, so it may be that of an earlier frame.
        heard = [message for message in line.heard if message["type"] != "live" or asks_for_list(frame)]
        assert line.answers - before - OWN_ANSWERS[kind] + len(heard) > 0, f"no answer to {content!r}"
    else:
        check_close(line, frame)


def asks_for_list(frame: Frame) -> bool:
    """A subscribe without a ref has no other answer than the list."""
    return frame[1] and "subscribe" in str(frame[0]) and "ref" not in str(frame[0])


def check_close(line: Connection, frame: Frame) -> None:
    if breaks_the_protocol(frame):
        return  # the connection is cut, possibly in the middle of a bye
    assert line.bye is not None, f"closed with a bare {line.close_code} after {frame!r}"
    assert line.close_code == protocol.BYES[line.bye["code"]][0], line.bye


def breaks_the_protocol(frame: Frame) -> bool:
    """Text that is no UTF-8, which no browser can send: such a connection is cut (RFC 6455 section 8.1)."""
    content, as_text = frame
    if not as_text or isinstance(content, str):
        return False
    try:
        content.decode()
    except UnicodeDecodeError:
        return True
    return False


@pytest.mark.timeout(120 * FACTOR)
@pytest.mark.parametrize("kind", ["room", "live"])
def test_any_frame_is_answered_or_ends_its_own_socket_only(stack, leaks, runner, kind):
    # The list of rooms is for those who have an account.
    door = RoomFuzzedSocket(stack) if kind == "room" else FuzzedSocket(stack, owner=True)
    runner.run(door.open())

    @examples(1700 if kind == "room" else 300)
    @given(frames)
    def say(frame: Frame) -> None:
        runner.run(check(door, kind, frame))

    try:
        say()
        runner.run(door.rest())
    finally:
        runner.run(door.close())
    leaks.check(door.meeting.slug, door.elsewhere.slug)
