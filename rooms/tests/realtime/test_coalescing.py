"""Coalescing with a timer that is moved by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from rooms import protocol
from rooms.realtime.coalescing import Coalescer
from rooms.realtime.local_room import LocalRoom
from rooms.realtime.previews import INTERVAL_SECONDS, Previews

LOOKERS = 30


class HandTimer:
    """A timer that is moved by hand."""

    def __init__(self) -> None:
        self.now = 0.0
        self._due: list[tuple[float, Callable[[], object]]] = []

    def call_later(self, delay: float, callback: Callable[[], object]) -> None:
        self._due.append((self.now + delay, callback))

    def move(self, seconds: float) -> None:
        self.now += seconds
        due = [callback for at, callback in self._due if at <= self.now]
        self._due = [(at, callback) for at, callback in self._due if at > self.now]
        for callback in due:
            callback()


def test_the_first_request_acts_at_once_and_those_of_an_interval_act_together():
    timer, done = HandTimer(), list[str]()
    coalescer = Coalescer(1, done.append, timer)
    for _ in range(5):
        coalescer.request("ada")
    coalescer.request("grace")
    assert done == ["ada", "grace"]
    timer.move(1)
    assert done == ["ada", "grace", "ada"]
    timer.move(1)
    timer.move(1)
    assert done == ["ada", "grace", "ada"]
    coalescer.request("ada")
    assert done == ["ada", "grace", "ada", "ada"]


class Looker:
    def __init__(self, may_enter: bool) -> None:
        self.may_enter, self.told_preview, self.room_id = may_enter, "", 1
        self.frames: list[str] = []

    def send_frame(self, frame: str) -> None:
        self.frames.append(frame)


SEAT = protocol.Seat(
    id="00112233445566aa", nickname="Ada", role="member", guest=True, mic=True, cam=True, screen=False, hand=None,
    spotlight=False, joined_at=1.0, away=False, epoch=1, rev=1,
)  # fmt: skip


def test_joins_and_leaves_are_sent_a_few_times_a_second_with_and_without_names():
    room, timer = LocalRoom(1, 1), HandTimer()
    room.room = protocol.Room(slug="abc-defg-hjk", name="", capacity=6, chat_days=0, rev=1)
    lookers = [Looker(n % 2 == 0) for n in range(LOOKERS)]
    room.previewers = cast(Any, set(lookers))
    previews = Previews({1: room}, timer)
    for rev in range(1, 101):
        room.roster = {SEAT.id: SEAT} if rev % 2 else {}
        previews.refresh(1)
        timer.move(INTERVAL_SECONDS / 50)
    assert [len(looker.frames) <= 3 for looker in lookers] == [True] * LOOKERS
    assert len({id(frame) for looker in lookers for frame in looker.frames}) <= 2 * 3
    timer.move(INTERVAL_SECONDS)
    room.roster = {SEAT.id: SEAT}
    previews.refresh(1)
    named, unnamed = lookers[0].frames[-1], lookers[1].frames[-1]
    assert ('"nicknames":["Ada"],"inside":1' in named, '"nicknames":[],"inside":1' in unnamed) == (True, True)
