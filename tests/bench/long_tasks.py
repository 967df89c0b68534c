"""Measures the longest tasks of a page's main thread, during which nothing is drawn and no input is handled."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

AIM_MS = 50.0
HEADS = ["longest task, ms", "longest task, ms of CPU", "longest script, ms of CPU", f"aim {AIM_MS:.0f} of CPU"]
# Trace events of main-thread tasks, and of the scripts within them.
TASKS = {"RunTask", "ThreadControllerImpl::RunTask"}
MAIN_THREAD = "CrRendererMain"
SCRIPTS = {"FunctionCall", "FireAnimationFrame", "EvaluateScript", "RunMicrotasks", "TimerFire"}


@dataclass
class LongestTasks:
    """In ms: the longest task by wall clock, the longest task by CPU time, and the longest script by CPU time.

    Wall clock and CPU time differ because other programs may use the processor during a task.
    """

    wall: float = 0.0
    task: float = 0.0
    script: float = 0.0

    @property
    def reached(self) -> bool:
        return self.task <= AIM_MS

    def row(self) -> list[str]:
        return [f"{self.wall:.0f}", f"{self.task:.0f}", f"{self.script:.0f}"]

    def keep_worse(self, other: LongestTasks) -> None:
        self.wall, self.task = max(self.wall, other.wall), max(self.task, other.task)
        self.script = max(self.script, other.script)


@contextmanager
def traced(browser: Browser, page: Page) -> Iterator[LongestTasks]:
    """Trace the block; the result is filled in when it ends. ``page`` must be the busiest page of the browser."""
    found = LongestTasks()
    with tempfile.NamedTemporaryFile(suffix=".json") as trace:
        browser.start_tracing(page=page, path=trace.name, categories=["toplevel", "devtools.timeline"])
        yield found
        browser.stop_tracing()
        events = _of_the_page(json.loads(Path(trace.name).read_text())["traceEvents"])
    found.wall, found.task = _longest(events, TASKS, "dur"), _longest(events, TASKS, "tdur")
    found.script = _longest(events, SCRIPTS, "tdur")


def _of_the_page(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The events of the busiest page's main thread: a browser keeps an empty page or two ready."""
    mains = {
        (event["pid"], event["tid"])
        for event in events
        if event["name"] == "thread_name" and event["args"]["name"] == MAIN_THREAD
    }
    threads = Counter((event["pid"], event["tid"]) for event in events)
    page = max(mains, key=lambda thread: threads[thread])
    return [event for event in events if (event["pid"], event["tid"]) == page]


def _longest(events: list[dict[str, Any]], names: set[str], length: str) -> float:
    return max(
        (float(event[length]) / 1000 for event in events if event["name"] in names and length in event), default=0
    )
