"""Measures how soon a call recovers after its network has: cut links, and a new address.

    python -m tests.bench networks --runs 10 --cases "cut 3 s" "new address"

Two people are in networks of their own; the trouble affects one of them. A call has recovered when frames are decoded
in both directions and a raised hand arrives through the server.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import expect

from tests.bench.joining import median, p95
from tests.e2e.support.person import Person
from tests.network.lab import Lab, Pair, journal
from tests.network.virtual_internet import Network, NotAllowed

SETTLE_SECONDS = 6.0  # between two runs, so that the senders are at their full rate again
PATIENCE = 30.0

Times = Callable[[dict[str, Any]], list[float]]  # milliseconds since 1970, from the journal of a page


@dataclass(frozen=True)
class Case:
    """A kind of network trouble, and the recovery time to reach."""

    aim: float  # seconds
    trouble: Callable[[Network], None]


def cut(seconds: float) -> Callable[[Network], None]:
    return lambda network: network.cut(seconds, noticed=True)


def silence(seconds: float) -> Callable[[Network], None]:
    """A cut without a link-down event on the machine."""
    return lambda network: network.cut(seconds, noticed=False)


CASES = {
    "cut 1 s": Case(1, cut(1)),
    "cut 3 s": Case(1, cut(3)),
    "cut 10 s": Case(4, cut(10)),
    "cut 30 s": Case(4, cut(30)),
    "cut 120 s": Case(8, cut(120)),
    "silent cut 1 s": Case(1, silence(1)),
    "silent cut 3 s": Case(1, silence(3)),
    "silent cut 10 s": Case(4, silence(10)),
    "silent cut 30 s": Case(4, silence(30)),
    "silent cut 120 s": Case(8, silence(120)),
    "new address": Case(4, Network.move),
}


@dataclass
class Recovery:
    """Seconds from the end of the trouble to the first frames and the first signalling message."""

    media: float
    signalling: float

    @property
    def whole(self) -> float:
        return max(self.media, self.signalling)


def recover(two: Pair, case: Case) -> Recovery:
    """Seconds until the call was whole."""
    case.trouble(two.network)
    good = time.time()
    hand = two.ada.button("Raise hand").or_(two.ada.button("Lower hand"))
    hand.click()
    media = max(_first(two.ada, _pictures_of("Grace"), good), _first(two.grace, _pictures_of("Ada"), good))
    told = _first(two.grace, _news, good)
    two.are_as_before()
    expect(two.grace.lost_server).to_be_hidden()
    return Recovery(media, told)


def _pictures_of(name: str) -> Times:
    return lambda pages: list(pages["decoded"].get(name, []))


def _news(pages: dict[str, Any]) -> list[float]:
    return [at for at, kind in pages["heard"] if kind in {"welcome", "seat.updated"}]


def _first(person: Person, times: Times, good: float) -> float:
    """Seconds from ``good`` (seconds since 1970) to the first of these times after it."""

    def found() -> float | None:
        return next((at / 1000 for at in times(journal(person)) if at / 1000 > good), None)

    return float(person.until(found, "sign of recovery", PATIENCE)) - good


def measure(names: list[str], runs: int) -> dict[str, list[Recovery]]:
    results: dict[str, list[Recovery]] = {}
    with Lab() as lab:
        for name in names:
            with lab.meeting() as party:
                two = Pair.meet(party)
                results[name] = [_run(two, name) for _ in range(runs)]
                report_complaints(party.people)
        for line in lab.lanai.complaints():
            print(line)
    return results


def _run(two: Pair, name: str) -> Recovery:
    time.sleep(SETTLE_SECONDS)
    recovery = recover(two, CASES[name])
    print(f"{name}: media {recovery.media:.2f} s, signalling {recovery.signalling:.2f} s", flush=True)
    return recovery


def report_complaints(people: list[Person]) -> None:
    for person in people:
        for line in person.complaints:
            print(line)


def report(results: dict[str, list[Recovery]]) -> None:
    print("\nSeconds until a call is whole again after its network is\n")
    print("| trouble | runs | median | p95 | worst | of it media | of it signalling | aim |")
    print("|---|---|---|---|---|---|---|---|")
    for name, found in results.items():
        whole = [recovery.whole for recovery in found]
        aim = CASES[name].aim
        verdict = "reached" if max(whole) <= aim else "missed"
        spread = f"{median(whole):.2f} | {p95(whole):.2f} | {max(whole):.2f}"
        parts = f"{max(each.media for each in found):.2f} | {max(each.signalling for each in found):.2f}"
        print(f"| {name} | {len(found)} | {spread} | {parts} | {aim:g}: {verdict} |")


def main(names: list[str], runs: int) -> None:
    try:
        report(measure(names or list(CASES), runs))
    except NotAllowed as problem:
        print(f"not measured: this machine gives nobody a network namespace: {problem}")
