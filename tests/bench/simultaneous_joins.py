"""Measures whether four people who click "Join now" within a tenth of a second all see and hear each other.

python -m tests.bench together --runs 50
"""

from __future__ import annotations

import random
import time
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench.joining import NAMES, median, p95
from tests.e2e.support.browsers import ALLOW_DEVICES, FAKE_DEVICES, launch
from tests.e2e.support.page_scripts import PROBE
from tests.e2e.support.site_client import SiteClient
from tests.services import Postgres, Redis
from tests.stack import Stack

WITHIN_SECONDS = 0.1
PREPARE_SECONDS = 0.5  # until the first click
PATIENCE = 25.0
LOOK_SECONDS = 0.05
JOIN_AT = """([name, at]) => {
  const field = document.querySelector("#nickname");
  field.value = name;
  field.dispatchEvent(new Event("input"));
  setTimeout(() => field.form.requestSubmit(), at - (performance.timeOrigin + performance.now()));
}"""
PICTURES = 3


@dataclass
class Meeting:
    """The result of one meeting; ``stuck`` are the pairs that never saw each other."""

    seconds: float  # until everyone had frames of everyone
    stuck: list[str]


class SimultaneousJoins:
    """Holds meetings of four people, two on each of two processes."""

    def __init__(self, browser: Browser, stack: Stack) -> None:
        self.browser = browser
        self.stack = stack
        self.complaints: list[str] = []

    def meet(self, path: str) -> Meeting:
        contexts = [self.browser.new_context(viewport={"width": 1000, "height": 700}) for _ in NAMES]
        try:
            pages = {
                name: self._green_room(context, path, at)
                for at, (name, context) in enumerate(zip(NAMES, contexts, strict=True))
            }
            began = self._press(pages)
            return self._watch(pages, began)
        finally:
            for context in contexts:
                context.close()

    def _green_room(self, context: object, path: str, number: int) -> Page:
        context.add_init_script(path=PROBE)  # type: ignore[attr-defined]
        page: Page = context.new_page()  # type: ignore[attr-defined]
        page.on("pageerror", lambda problem: self.complaints.append(str(problem.stack)))
        origins = self.stack.origins
        page.goto(origins[number % len(origins)] + path)
        page.locator('[data-part="preview"][data-cam="on"]').wait_for()
        page.get_by_text("inside").or_(page.get_by_text("Nobody is here yet")).first.wait_for()
        return page

    def _press(self, pages: dict[str, Page]) -> float:
        first = time.time() + PREPARE_SECONDS
        moments = [first, first + WITHIN_SECONDS, *(first + random.uniform(0, WITHIN_SECONDS) for _ in NAMES[2:])]
        random.shuffle(moments)
        for (name, page), moment in zip(pages.items(), moments, strict=True):
            page.evaluate(JOIN_AT, [name, moment * 1000])
        return first

    def _watch(self, pages: dict[str, Page], began: float) -> Meeting:
        while (missing := self._missing(pages)) and time.time() - began < PATIENCE:
            time.sleep(LOOK_SECONDS)
        return Meeting(time.time() - began, missing)

    def _missing(self, pages: dict[str, Page]) -> list[str]:
        """Pairs in which one person does not see the other yet."""
        found = []
        for viewer, page in pages.items():
            people = {each["nickname"]: each for each in page.evaluate("probe.people()") if not each["self"]}
            others = [name for name in pages if name != viewer]
            found += [f"{viewer} <- {name}" for name in others if not _shows(people.get(name))]
            if len(people) > len(others):
                found.append(f"{viewer} has {len(people)} tiles")
        return found


def _shows(person: dict[str, float] | None) -> bool:
    return person is not None and person["frames"] >= PICTURES and person["energy"] > 0


def main(runs: int) -> None:
    with Redis() as redis, Postgres() as postgres, sync_playwright() as playwright:
        parts = {"DATABASE_URL": postgres.new_database(), "REDIS_URL": redis.url}
        with (
            Stack("together", processes=2, **parts) as stack,
            launch(playwright, FAKE_DEVICES, ALLOW_DEVICES) as browser,
        ):
            owner = SiteClient(playwright, stack.origins[0])
            owner.sign_up("Olive")
            joins = SimultaneousJoins(browser, stack)
            meetings = [joins.meet(owner.create_room().path) for _ in range(runs)]
            owner.close()
            _report(meetings, [*joins.complaints, *stack.complaints()])


def _report(meetings: list[Meeting], complaints: list[str]) -> None:
    seconds = [meeting.seconds for meeting in meetings]
    stuck = [pair for meeting in meetings for pair in meeting.stuck]
    print("\nFour people join within 0.1 s\n")
    print("| runs | pairs | stuck (aim 0) | median s | p95 s | max s | exceptions |")
    print("|---|---|---|---|---|---|---|")
    pairs = len(meetings) * len(NAMES) * (len(NAMES) - 1) // 2
    times = f"{median(seconds):.2f} | {p95(seconds):.2f} | {max(seconds):.2f}"
    print(f"| {len(meetings)} | {pairs} | {len(stuck)} | {times} | {len(complaints)} |")
    for line in [*stuck, *complaints]:
        print(line)
