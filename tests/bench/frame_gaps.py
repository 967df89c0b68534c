"""Measures the longest time without a new video frame in a call of four while servers die and restart.

    python -m tests.bench gaps --runs 10

Each run has one control without an outage, one in which two servers start that have nothing to do with the call, one
kill -9 of all web processes, one rolling restart by SIGTERM and one restart of Redis, all in the same call. A gap is
the longest time between two frames shown, over all twelve directions. It includes frames that a busy machine showed
late: the second control tells how late the start of two servers alone makes them.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.bench.joining import NAMES, median
from tests.e2e.support.browsers import ALLOW_DEVICES, launch, new_context
from tests.e2e.support.person import Person
from tests.e2e.support.received_media import media_flows_between
from tests.e2e.support.site_client import SiteClient
from tests.network.lab import JOURNAL
from tests.services import Postgres, Redis
from tests.stack import Process, Stack

CAMERA = "--use-fake-device-for-media-stream"  # 20 frames per second
CONTROL, UNRELATED_START, KILL, ROLLING, REDIS = (
    "control, no outage",
    "control, two other servers start",
    "kill -9, 5 s later started again",
    "rolling restart",
    "Redis restart",
)
DOWN_SECONDS = 5.0
CALM_SECONDS = 4.0  # watched before and after an outage
PATIENCE = 60.0


@dataclass
class Outcome:
    """The result of one case in one run."""

    gap_ms: float  # the worst direction
    usual_ms: float  # the median time between two frames
    resumed: float | None  # seconds from the open port until the last page had its seat again


class PortWatcher:
    """Watches in a thread for the moment a port is open again."""

    def __init__(self, origin: str) -> None:
        parts = urlsplit(origin)
        self._address = (str(parts.hostname), int(parts.port or 80))
        self.open_at = 0.0
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def _look(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while not self.open_at and time.monotonic() < deadline:
            with contextlib.suppress(OSError), socket.create_connection(self._address, timeout=1):
                self.open_at = time.time()
            time.sleep(0.005)

    def wait(self) -> float:
        self._thread.join()
        assert self.open_at, "the server did not come back"
        return self.open_at


class Server(Process):
    """A web process with idle priority, because its start would otherwise take the processor from the browsers.

    In production a server has a machine of its own.
    """

    def command(self) -> list[str]:
        return ["chrt", "--idle", "0", *super().command()]


class Servers(Stack):
    """A stack of such processes."""

    process_class = Server


class Call:
    """A call of four people on two processes."""

    def __init__(self, browser: Browser, stack: Stack, path: str) -> None:
        self.stack = stack
        self.people: list[Person] = []
        for number, name in enumerate(NAMES):
            context = new_context(browser, JOURNAL)
            person = Person(name, context, stack.origins[number % len(stack.origins)])
            person.expects_error("WebSocket connection to")  # the browser notes every try that fails
            person.open(path)
            person.join()
            self.people.append(person)
        media_flows_between(*self.people)
        self.seats = [person.seat for person in self.people]

    def watch(self, outage: Callable[[], dict[str, float]]) -> Outcome:
        """Measure during ``outage``, which returns for each origin when its port was open again."""
        began = time.time()
        time.sleep(CALM_SECONDS)
        opened = outage()
        resumed = (
            max((self._seated(person, opened[person.origin]) for person in self.people), default=None)
            if opened
            else None
        )
        time.sleep(CALM_SECONDS)
        ended = time.time()
        try:
            media_flows_between(*self.people)
        except AssertionError as problem:
            raise AssertionError(f"{problem}\n{self._describe()}") from None
        assert [person.seat for person in self.people] == self.seats, "a seat was lost"
        intervals = [interval for person in self.people for interval in self._intervals(person, began, ended)]
        return Outcome(max(intervals), median(intervals), resumed)

    def _describe(self) -> str:
        """What each page shows, and the last messages it received."""
        lines = []
        for person in self.people:
            tiles = person.page.evaluate("probe.people().then(people => people.map(each => each.nickname))")
            phase = person.page.evaluate("document.querySelector('[data-phase]')?.dataset.phase")
            heard = [kind for _, kind in person.page.evaluate("journal.pages.heard")[-12:]]
            lines.append(f"{person.nickname}: {phase}, tiles {tiles}, heard {heard}")
        return "\n".join(lines)

    def _seated(self, person: Person, opened: float) -> float:
        """Seconds from the open port until the page was welcomed."""

        def welcomed() -> float | None:
            heard = person.page.evaluate("journal.pages.heard")
            # Earlier welcomes belong to an earlier outage; 0.01 s allows for the resolution of the port's watcher.
            return next((at / 1000 for at, kind in heard if kind == "welcome" and at / 1000 > opened - 0.01), None)

        return float(person.until(welcomed, "welcome", PATIENCE)) - opened

    def _intervals(self, person: Person, began: float, ended: float) -> Iterator[float]:
        """Milliseconds between two frames, for each of the other people."""
        frames: dict[str, list[float]] = person.page.evaluate("journal.pages.frames")
        for name in NAMES:
            if name != person.nickname:
                shown = [at for at in frames[name] if began * 1000 <= at <= ended * 1000]
                yield from (later - earlier for earlier, later in pairwise([began * 1000, *shown, ended * 1000]))


def kill_all(stack: Stack) -> dict[str, float]:
    for process in stack.processes:
        process.kill()
    time.sleep(DOWN_SECONDS)
    return _start(stack.processes)


def _start(processes: list[Process]) -> dict[str, float]:
    ports = {process.origin: PortWatcher(process.origin) for process in processes}
    for process in processes:
        process.start()
    return {origin: port.wait() for origin, port in ports.items()}


def start_unrelated_servers(others: Stack) -> dict[str, float]:
    """Start and stop servers that have nothing to do with the call, as the call's own servers do in an outage."""
    _start(others.processes)
    for process in others.processes:
        process.stop()
    return {}


def roll(stack: Stack) -> dict[str, float]:
    opened: dict[str, float] = {}
    for process in stack.processes:
        process.stop()
        opened |= _start([process])
    return opened


def restart_redis(redis: Redis) -> dict[str, float]:
    redis.stop()
    time.sleep(2)
    redis.start()
    return {}


def measure(runs: int) -> tuple[dict[str, list[Outcome]], list[str]]:
    with Redis() as redis, Postgres() as postgres, sync_playwright() as playwright:
        stack = Servers("gaps", processes=2, DATABASE_URL=postgres.new_database(), REDIS_URL=redis.url)
        others = Servers("beside", processes=2, DATABASE_URL=postgres.new_database(), REDIS_URL=redis.url)
        with others, stack, launch(playwright, CAMERA, ALLOW_DEVICES) as browser:
            for process in others.processes:
                process.stop()
            path = _new_room(playwright, stack)
            call = Call(browser, stack, path)
            cases: dict[str, Callable[[], dict[str, float]]] = {
                CONTROL: dict,
                UNRELATED_START: lambda: start_unrelated_servers(others),
                KILL: lambda: kill_all(stack),
                ROLLING: lambda: roll(stack),
                REDIS: lambda: restart_redis(redis),
            }
            outcomes: dict[str, list[Outcome]] = {name: [] for name in cases}
            for _ in range(runs):
                for name, outage in cases.items():
                    outcomes[name].append(call.watch(outage))
            complaints = [line for person in call.people for line in person.complaints]
            return outcomes, [*complaints, *stack.complaints()]


def _new_room(playwright: Playwright, stack: Stack) -> str:
    owner = SiteClient(playwright, stack.origins[0])
    owner.sign_up("Olive")
    path = owner.create_room().path
    owner.close()
    return path


def report(outcomes: dict[str, list[Outcome]], complaints: list[str]) -> None:
    print("\nThe longest time without a new picture, of twelve directions in a call of four\n")
    print(
        "| outage | runs | usual ms | median gap ms | worst gap ms (aim 200) | back after open port, worst s (aim 2) |"
    )
    print("|---|---|---|---|---|---|")
    for name, found in outcomes.items():
        gaps = [outcome.gap_ms for outcome in found]
        resumed = [outcome.resumed for outcome in found if outcome.resumed is not None]
        back = f"{max(resumed):.2f}" if resumed else "-"
        usual = median([outcome.usual_ms for outcome in found])
        print(f"| {name} | {len(found)} | {usual:.0f} | {median(gaps):.0f} | {max(gaps):.0f} | {back} |")
    exceptions = [line for line in complaints if "Traceback" in line or "Unhandled" in line]
    print(f"\nExceptions in pages and servers' logs: {len(exceptions)} (aim 0); lines worth a look: {len(complaints)}")
    for line in complaints:
        print(line)


def main(runs: int) -> None:
    report(*measure(runs))
