"""Who is gone for good leaves no tile behind; who only slept has theirs back."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterable

from tests.e2e import browser as browsers
from tests.network.venue import Party, Two

GONE_SECONDS = 30.0
LOOK_SECONDS = 1.0  # how late a look at the page may be on a busy machine
SLEEP_SECONDS = 40


def send(processes: Iterable[int], what: signal.Signals) -> None:
    for process in processes:
        os.kill(process, what)


def test_a_line_that_stays_dead_leaves_no_ghost(party: Party) -> None:
    two = Two.meet(party)
    two.network.silence()
    died = time.monotonic()
    two.ada.no_longer_sees(two.grace, within=GONE_SECONDS + LOOK_SECONDS)
    assert time.monotonic() - died < GONE_SECONDS + LOOK_SECONDS
    two.ada.sees()


def test_a_machine_that_slept_has_its_seat_back(party: Party) -> None:
    two = Two.meet(party)
    processes = browsers.processes(party.browser_of(two.grace))
    send(processes, signal.SIGSTOP)
    try:
        time.sleep(SLEEP_SECONDS)
        two.ada.no_longer_sees(two.grace)
    finally:
        send(processes, signal.SIGCONT)
    two.are_as_before()
