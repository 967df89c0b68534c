"""A person who is gone for good leaves no tile behind; a machine that only slept gets its seat back."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterable

from tests.e2e.support import browsers
from tests.network.lab import Meeting, Pair

GONE_SECONDS = 30.0
LOOK_SECONDS = 1.0  # how late a check of the page may be on a busy machine
SLEEP_SECONDS = 40


def send(processes: Iterable[int], what: signal.Signals) -> None:
    for process in processes:
        os.kill(process, what)


def test_a_line_that_stays_dead_leaves_no_ghost(meeting: Meeting) -> None:
    pair = Pair.meet(meeting)
    pair.network.silence()
    died = time.monotonic()
    pair.ada.no_longer_sees(pair.grace, within=GONE_SECONDS + LOOK_SECONDS)
    assert time.monotonic() - died < GONE_SECONDS + LOOK_SECONDS
    pair.ada.sees()


def test_a_machine_that_slept_has_its_seat_back(meeting: Meeting) -> None:
    pair = Pair.meet(meeting)
    processes = browsers.processes(meeting.browser_of(pair.grace))
    send(processes, signal.SIGSTOP)
    try:
        time.sleep(SLEEP_SECONDS)
        pair.ada.no_longer_sees(pair.grace)
    finally:
        send(processes, signal.SIGCONT)
    pair.are_as_before()
