"""Measures how long it takes until a newcomer sees everyone and everyone sees the newcomer."""

from __future__ import annotations

import math
import statistics
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page

from tests.machine import wait_until

FIRST_FRAMES = Path(__file__).parent / "first_frames.js"
NAMES = ["Ada", "Grace", "Linus", "Margaret"]
SETTLE_SECONDS = 1.5  # between two joins, so that one does not slow down the next
PATIENCE = 30

# Opens a person's page and joins. Returns the start of the measurement, in ms since 1970.
Join = Callable[[Page, str, str], float]
Times = dict[int, list[float]]


def join_by_click(page: Page, url: str, name: str) -> float:
    """Lanai, from the click on "Join now" in a green room that is ready."""
    page.goto(url)
    page.locator('[data-part="preview"][data-cam="on"]').wait_for()
    page.get_by_text("inside").or_(page.get_by_text("Nobody is here yet")).first.wait_for()
    time.sleep(SETTLE_SECONDS / 3)
    return float(page.evaluate("name => bench.join(name)", name))


def join_at_once(page: Page, url: str, name: str) -> float:
    """Lanai, from the navigation; "Join now" is clicked as soon as it is enabled."""
    page.add_init_script(f"addEventListener('DOMContentLoaded', () => bench.joinSoon({name!r}))")
    page.goto(url, wait_until="commit")
    return float(page.evaluate("performance.timeOrigin"))


def join_bare(page: Page, url: str, name: str) -> float:
    """The bare page, from the navigation: it joins without a click."""
    page.goto(f"{url}#{name}", wait_until="commit")
    return float(page.evaluate("performance.timeOrigin"))


class JoinBench:
    """Holds meetings and collects join times in seconds: ``times[flow][size of the meeting]``."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.times: dict[str, Times] = defaultdict(lambda: defaultdict(list))

    def run(self, what: str, join: Join, url: str) -> None:
        """Hold one meeting of four; add the times of the 2nd, 3rd and 4th person."""
        contexts: list[BrowserContext] = []
        pages: dict[str, Page] = {}
        try:
            for size, name in enumerate(NAMES, start=1):
                contexts.append(self._context())
                page = contexts[-1].new_page()
                began = join(page, url, name)
                pages[name] = page
                seen_at = [self._first_frame(*pair) for pair in _new_pairs(pages, name)]
                if size > 1:
                    self.times[what][size].append((max(seen_at) - began) / 1000)
                time.sleep(SETTLE_SECONDS)
        finally:
            for context in contexts:
                context.close()

    def _context(self) -> BrowserContext:
        context = self.browser.new_context(viewport={"width": 1000, "height": 700})
        context.add_init_script(path=FIRST_FRAMES)
        return context

    def _first_frame(self, viewer: Page, name: str) -> float:
        return float(
            wait_until(lambda: viewer.evaluate("name => bench.shown[name]", name), f"picture of {name}", PATIENCE)
        )


def _new_pairs(pages: dict[str, Page], newcomer: str) -> list[tuple[Page, str]]:
    """Pairs of (viewer's page, name of the person seen) that see each other for the first time."""
    others = [name for name in pages if name != newcomer]
    return [(pages[name], newcomer) for name in others] + [(pages[newcomer], name) for name in others]


def median(values: list[float]) -> float:
    return statistics.median(values)


def p95(values: list[float]) -> float:
    return sorted(values)[math.ceil(0.95 * len(values)) - 1]
