"""A page in a call while another participant floods it, beside the same span without the flood.

Ada's page is measured and has a browser of its own. Mallory sends through the real server under her own seat; chat
comes to Ada as the server would send it if it had no limit of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright

from tests.bench.long_tasks import LongestTasks, traced
from tests.bench.tables import print_table, verdict
from tests.e2e.support.browsers import ALLOW_DEVICES, launch, new_context
from tests.e2e.support.page_scripts import FLOOD, FLOOD_SIGNALS
from tests.e2e.support.person import Person
from tests.e2e.support.site_client import Room, SiteClient
from tests.stack import Stack

AIM_MS = 100.0
ROUNDS = 10
ROUND_MS = 1000
FIRST_SIGNALS, LATER_SIGNALS = 41, 5
OFFERS, CHANGES, LINES = 20, 30, 45
SLOW_CAMERA = "--use-fake-device-for-media-stream=fps=5"


class Memory(NamedTuple):
    """In MB: the heap of JavaScript after a garbage collection, and the browser's pages with their connections."""

    heap: float
    whole: float


@dataclass
class Measured:
    """The longest tasks of the flooded page, and its memory before and after."""

    longest: LongestTasks
    before: Memory
    after: Memory

    def row(self) -> list[str]:
        heap = f"{self.before.heap:.1f} → {self.after.heap:.1f}"
        whole = f"{self.before.whole:.0f} → {self.after.whole:.0f}"
        return [f"{self.longest.wall:.0f}", f"{self.longest.task:.0f}", heap, whole]


Flood = Callable[[Person, Person, int], None]


def _candidates(mallory: Person, ada: Person, number: int) -> None:
    signals = FIRST_SIGNALS if number == 0 else LATER_SIGNALS
    mallory.page.evaluate("([to, signals]) => flood.candidates(to, signals)", [mallory.seat_of(ada), signals])


def _offers(mallory: Person, ada: Person, number: int) -> None:
    mallory.page.evaluate("([to, offers]) => flood.offers(to, offers)", [mallory.seat_of(ada), OFFERS])


def _changes(mallory: Person, ada: Person, number: int) -> None:
    mallory.page.evaluate("count => flood.changes(count)", CHANGES)


def _chat(mallory: Person, ada: Person, number: int) -> None:
    lines = [number * LINES, (number + 1) * LINES]
    ada.page.evaluate("([from, to]) => floodChat(from, to, 'a@b.co '.repeat(280))", lines)


def _nothing(mallory: Person, ada: Person, number: int) -> None:
    pass


FLOODS: dict[str, Flood] = {
    "nothing": _nothing,
    "candidates": _candidates,
    "offers": _offers,
    "switches, names and reactions": _changes,
    "chat, closed": _chat,
    "chat, open": _chat,
}


def _memory(browser: Browser, person: Person) -> Memory:
    page = person.context.new_cdp_session(person.page)
    page.send("HeapProfiler.collectGarbage")
    heap = page.send("Runtime.getHeapUsage")["usedSize"] / 2**20
    processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    return Memory(heap, sum(_resident(one["id"]) for one in processes if one["type"] == "renderer"))


def _resident(pid: int) -> float:
    """Resident memory of a process in MB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))) / 1024


def measure(browser: Browser, mallory: Person, ada: Person, flood: Flood) -> Measured:
    before = _memory(browser, ada)
    with traced(browser, ada.page) as longest:
        for number in range(ROUNDS):
            flood(mallory, ada, number)
            ada.page.wait_for_timeout(ROUND_MS)
    return Measured(longest, before, _memory(browser, ada))


def _measure_all(browser: Browser, others: Browser, origin: str, new_room: Callable[[], Room]) -> dict[str, Measured]:
    found = {}
    for name, flood in FLOODS.items():
        room = new_room()
        ada = Person("Ada", new_context(browser, FLOOD), origin)
        mallory = Person("Mallory", new_context(others, FLOOD_SIGNALS), origin)
        grace = Person("Grace", new_context(others), origin)
        for person in (ada, mallory, grace):
            person.enter(room)
        ada.sees(mallory, grace)
        if name == "chat, open":
            ada.open_panel("Chat")
        found[name] = measure(browser, mallory, ada, flood)
        ada.pictures_flow_from(grace)
        for person in (ada, mallory, grace):
            person.context.close()
    return found


def main() -> None:
    with sync_playwright() as playwright, Stack("bench") as stack:
        owner = SiteClient(playwright, stack.origins[0])
        owner.sign_up("Olive")
        with (
            launch(playwright, SLOW_CAMERA, ALLOW_DEVICES) as browser,
            launch(playwright, SLOW_CAMERA, ALLOW_DEVICES) as others,
        ):
            found = _measure_all(browser, others, stack.origins[0], owner.create_room)
        owner.close()
    usual = found["nothing"].longest.task
    print_table(
        f"A page in a call of three, flooded {ROUNDS} times, once a second",
        ["flood", "longest task, ms", "ms of CPU", "heap, MB", "memory, MB", "CPU ratio", f"aim {AIM_MS:.0f} of CPU"],
        [
            [name, *one.row(), f"{one.longest.task / max(usual, 1):.1f}", verdict(one.longest.task <= AIM_MS)]
            for name, one in found.items()
        ],
    )
