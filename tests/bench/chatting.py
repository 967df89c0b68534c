"""Chat that loses nothing while a process is killed, and a burst of it in a real page.

Six people write 1,000 messages through two processes. They run the page's own modules in Node; a seventh is a page in
Chromium, whose document is read at the end. One process is killed with -9 in the midst of it and started again.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, expect, sync_playwright

from tests.bench.contestants import cast
from tests.bench.generator import Client
from tests.bench.tables import print_table, verdict
from tests.e2e.browser import ALLOW_DEVICES, FAKE_DEVICES, launch, new_context
from tests.e2e.people import Person
from tests.e2e.servers import Stack
from tests.machine import program
from tests.services import Postgres, Redis

CHATTERS = Path(__file__).with_name("chatters.js")
WRITERS, MESSAGES, EVERY_MS, KILL_AFTER = 6, 1000, 120, 300
BURST, AIM_MS = 50, 50.0
PATIENCE_MS = 60_000
DOWN_SECONDS = 5  # more is said meanwhile than a snapshot holds
READER = "Chromium"
TEXTS = "lines => lines.map(line => line.querySelector('.line-text').textContent)"
# What the page's main thread did at one go, and what of it was script.
TASKS = {"RunTask", "ThreadControllerImpl::RunTask"}
SCRIPTS = {"FunctionCall", "FireAnimationFrame", "EvaluateScript", "RunMicrotasks", "TimerFire"}


@contextmanager
def chatters(stack: Stack, clients: list[Client], messages: int, every: int) -> Iterator[Iterator[dict[str, Any]]]:
    """What they tell, as they tell it. Each begins at another process than the one before."""
    sockets = [origin.replace("http", "ws") for origin in stack.origins]
    people = []
    for number, client in enumerate(clients):
        turn = number % len(sockets)
        urls = [origin + client.path for origin in (*sockets[turn:], *sockets[:turn])]
        people.append({"urls": urls, "cookie": client.cookie})
    orders = json.dumps({"people": people, "messages": messages, "every": every})
    command = [program("node"), "--experimental-websocket", "--no-warnings", str(CHATTERS), orders]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        try:
            yield map(json.loads, running.stdout)
        finally:
            running.kill()


def enter(browser: Browser, stack: Stack, path: str) -> Person:
    person = Person(READER, new_context(browser), stack.origins[0])
    person.expects_lost_server()
    person.open(path)
    person.join()
    person.open_panel("Chat")
    return person


# --- nothing is lost ------------------------------------------------------------------------------


def write_through_a_crash(stack: Stack, browser: Browser) -> dict[str, list[str]]:
    """What each of the people has on their screen in the end."""
    *clients, reader = cast(stack, 1, WRITERS + 2)[:-1]
    page = enter(browser, stack, reader.path.replace("/ws", ""))
    with chatters(stack, clients, MESSAGES, EVERY_MS) as told:
        for fact in told:
            if fact.get("said") == KILL_AFTER:
                stack.processes[0].kill()
                page.page.wait_for_timeout(DOWN_SECONDS * 1000)
                stack.processes[0].start()
            if "read" in fact:
                read = {f"person {number}": texts for number, texts in enumerate(fact["read"], start=1)}
    lines = page.chat.locator(".line")
    expect(lines).to_have_count(MESSAGES, timeout=PATIENCE_MS)
    read[READER] = lines.evaluate_all(TEXTS)
    page.context.close()
    return read


@dataclass
class Reading:
    """How what one person read differs from what was written."""

    lost: int
    doubled: int
    unordered: int  # lines of one writer that come before an earlier one
    elsewhere: int  # lines in another place than at the first person


def compare(read: dict[str, list[str]]) -> dict[str, Reading]:
    written = {f"{person} {n}" for person in range(WRITERS) for n in range(-(-MESSAGES // WRITERS))}
    first = next(iter(read.values()))
    found = {}
    for name, texts in read.items():
        counts = Counter(texts)
        numbers = [[int(text.split()[1]) for text in texts if text.startswith(f"{n} ")] for n in range(WRITERS)]
        found[name] = Reading(
            lost=MESSAGES - len(counts.keys() & written),
            doubled=counts.total() - len(counts),
            unordered=sum(later < before for each in numbers for before, later in zip(each, each[1:], strict=False)),
            elsewhere=sum(one != other for one, other in zip(texts, first, strict=False)),
        )
    return found


# --- a burst --------------------------------------------------------------------------------------


def burst(stack: Stack, browser: Browser, is_open: bool) -> tuple[float, float, int]:
    """The longest task and the longest script of a page that gets 50 messages at once, ms, and tasks over 50 ms."""
    *clients, _ = cast(stack, 1, WRITERS + 1)
    page = enter(browser, stack, clients[0].path.replace("/ws", ""))
    if not is_open:
        page.press("Chat")
    with tempfile.NamedTemporaryFile(suffix=".json") as trace:
        browser.start_tracing(page=page.page, path=trace.name, categories=["toplevel", "devtools.timeline"])
        with chatters(stack, clients, BURST, 0) as told:
            for fact in told:
                if "read" in fact:
                    break
        expect(page.page.locator(".line")).to_have_count(BURST)
        browser.stop_tracing()
        events = json.loads(Path(trace.name).read_text())["traceEvents"]
    page.context.close()
    tasks, scripts = _longest(events, TASKS), _longest(events, SCRIPTS)
    return max(tasks, default=0.0), max(scripts, default=0.0), sum(task > AIM_MS for task in tasks)


def _longest(events: list[dict[str, Any]], names: set[str]) -> list[float]:
    """Milliseconds of each such event on the main thread of the page that was written to."""
    frames = Counter((event["pid"], event["tid"]) for event in events if event["name"] == "FireAnimationFrame")
    (page, _), *_ = frames.most_common(1)
    return [e["dur"] / 1000 for e in events if e["name"] in names and (e["pid"], e["tid"]) == page and "dur" in e]


def main() -> None:
    with Redis() as redis, Postgres() as postgres, sync_playwright() as playwright:
        parts = {"DATABASE_URL": postgres.new_database(), "REDIS_URL": redis.url}
        with Stack("chat", processes=2, **parts) as stack, launch(playwright, FAKE_DEVICES, ALLOW_DEVICES) as browser:
            found = compare(write_through_a_crash(stack, browser))
            bursts = {words: burst(stack, browser, words == "open") for words in ("open", "closed")}
            complaints = stack.complaints()
    print_table(
        f"{MESSAGES} messages of {WRITERS} people, two processes, one killed after {KILL_AFTER} and started again",
        ["at", "lost", "doubled", "out of order", "elsewhere than at person 1", "aim 0"],
        [
            [name, r.lost, r.doubled, r.unordered, r.elsewhere, verdict(r == Reading(0, 0, 0, 0))]
            for name, r in found.items()
        ],
    )
    print_table(
        f"{BURST} messages at once, in Chromium",
        ["the chat is", "longest task, ms", "longest script, ms", f"tasks over {AIM_MS:.0f} ms", "aim 0"],
        [
            [name, f"{task:.0f}", f"{script:.0f}", over, verdict(over == 0)]
            for name, (task, script, over) in bursts.items()
        ],
    )
    for line in complaints:
        print("LOG:", line)
