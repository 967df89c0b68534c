"""Measures the longest main-thread tasks in a call of six when panels open, the layout changes, or a person joins.

Ada's page, which is measured, has a browser of its own; the five others share one. Six people are too many for two
cores, so each sends one frame per second and all but Ada are muted.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from tests.bench.long_tasks import HEADS, LongestTasks, traced
from tests.bench.tables import print_table, verdict
from tests.e2e.support.browsers import ALLOW_DEVICES, launch, new_context
from tests.e2e.support.person import Person
from tests.e2e.support.site_client import Room, SiteClient
from tests.stack import Stack

OTHERS = ["Grace", "Linus", "Margaret", "Olga"]
NEWCOMER = "Paul"
RUNS = 3
SLOW_CAMERA = "--use-fake-device-for-media-stream=fps=1"
CALM_MS = 3000  # until the video of everyone has arrived and been drawn


class TaskRecorder:
    """Keeps the longest tasks of each action on Ada's page."""

    def __init__(self, browser: Browser, ada: Person) -> None:
        self._browser, self._ada = browser, ada
        self.worst: dict[str, LongestTasks] = {}

    def measure(self, what: str, act: Callable[[], None]) -> None:
        """Measure ``act`` and the second after it."""
        with traced(self._browser, self._ada.page) as longest:
            act()
            self._ada.page.wait_for_timeout(CALM_MS / 3)
        self.worst.setdefault(what, LongestTasks()).keep_worse(longest)


def measure(browser: Browser, others: Browser, origin: str, room: Room) -> dict[str, LongestTasks]:
    ada = Person("Ada", new_context(browser), origin)
    crowd = [Person(name, new_context(others), origin) for name in OTHERS]
    ada.enter(room)
    for person in crowd:
        person.enter(room)
        person.press("Mute microphone")
    ada.sees(*crowd)
    recorder = TaskRecorder(browser, ada)
    recorder.measure("nothing", lambda: None)
    for _ in range(RUNS):
        _measure_joining(recorder, others, ada, crowd, room)
        _measure_panels_and_layouts(recorder, ada)
    for person in (ada, *crowd):
        person.context.close()
    return recorder.worst


def _measure_joining(recorder: TaskRecorder, others: Browser, ada: Person, crowd: list[Person], room: Room) -> None:
    choose_layout(ada, "Grid")
    newcomer = Person(NEWCOMER, new_context(others), ada.origin)
    newcomer.open_room(room)
    newcomer.press("Mute microphone")
    ada.page.wait_for_timeout(CALM_MS)

    def join() -> None:
        newcomer.join()
        ada.sees(*crowd, newcomer)
        ada.sees_state(newcomer, pair="connected")

    recorder.measure("somebody joins a grid", join)
    recorder.measure("somebody leaves it", lambda: _leave(newcomer, ada))
    newcomer.context.close()


def _leave(newcomer: Person, ada: Person) -> None:
    newcomer.press("Leave")
    ada.no_longer_sees(newcomer)


def _measure_panels_and_layouts(recorder: TaskRecorder, ada: Person) -> None:
    for panel in ("Chat", "People"):
        recorder.measure(f"{panel} opens", partial(ada.press, panel))
        recorder.measure(f"{panel} closes", partial(ada.press, panel))
    for layout in ("Speaker", "Grid"):
        recorder.measure(f"layout: {layout}", partial(choose_layout, ada, layout))


def choose_layout(person: Person, name: str) -> None:
    person.press("Layout")
    choice = person.page.get_by_role("menuitemradio", name=name)
    choice.click()
    expect(choice).to_be_hidden()


def _browser(playwright: Playwright) -> Browser:
    return launch(playwright, SLOW_CAMERA, ALLOW_DEVICES)


def main() -> None:
    with sync_playwright() as playwright, Stack("bench") as stack:
        owner = SiteClient(playwright, stack.origins[0])
        owner.sign_up("Olive")
        with _browser(playwright) as browser, _browser(playwright) as others:
            found = measure(browser, others, stack.origins[0], owner.create_room())
        owner.close()
    print_table(
        f"What a page in a call of {len(OTHERS) + 2} does at one go, the worst of {RUNS}",
        ["when", *HEADS],
        [[what, *longest.row(), verdict(longest.reached)] for what, longest in found.items()],
    )
