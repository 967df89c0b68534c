"""Measures chat messages lost while a process is killed, and main-thread tasks during a burst of chat in a real page.

Six people write 1,000 messages through two processes. They run the page's own modules in Node; a seventh is a page in
Chromium, whose document is read at the end. One process is killed with -9 in between and started again.
"""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, expect, sync_playwright

from tests.bench.contestants import cast
from tests.bench.generator import Client
from tests.bench.long_tasks import HEADS, LongestTasks, traced
from tests.bench.tables import print_table, verdict
from tests.e2e.support.browsers import ALLOW_DEVICES, FAKE_DEVICES, launch, new_context
from tests.e2e.support.person import Person
from tests.machine import program
from tests.services import Postgres, Redis
from tests.stack import Stack

CHATTERS = Path(__file__).with_name("chatters.js")
WRITERS, MESSAGES, EVERY_MS, KILL_AFTER = 6, 1000, 120, 300
BURST, BURSTS = 50, 3
PATIENCE = 60.0
CALM_MS = 2000  # by then the tiles of the people who joined are drawn
DOWN_SECONDS = 5  # long enough for more messages than a snapshot holds
READER = "Chromium"
TEXTS = "lines => lines.map(line => line.querySelector('.line-text').textContent)"


class ChatWriters:
    """The Node process of chatters.js: a word on its standard input starts it, facts are lines of JSON.

    ``facts`` are {"seated"}, {"said": count} and {"read": [[text, …], …]}, as chatters.js describes them.
    """

    def __init__(self, running: subprocess.Popen[str]) -> None:
        assert running.stdin and running.stdout
        self._orders = running.stdin
        self.facts: Iterator[dict[str, Any]] = map(json.loads, running.stdout)

    def start_writing(self) -> Iterator[dict[str, Any]]:
        """Let them write; yields the facts as they come."""
        self._orders.write("begin\n")
        self._orders.flush()
        return self.facts


@contextmanager
def chat_writers(stack: Stack, clients: list[Client], messages: int, every: int) -> Iterator[ChatWriters]:
    """Run writers who have joined; each starts at another process than the one before."""
    sockets = [origin.replace("http", "ws") for origin in stack.origins]
    people = []
    for number, client in enumerate(clients):
        turn = number % len(sockets)
        urls = [origin + client.path for origin in (*sockets[turn:], *sockets[:turn])]
        people.append({"urls": urls, "cookie": client.cookie})
    orders = json.dumps({"people": people, "messages": messages, "every": every})
    command = [program("node"), "--experimental-websocket", "--no-warnings", str(CHATTERS), orders]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        try:
            told = ChatWriters(running)
            assert "seated" in next(told.facts)
            yield told
        finally:
            running.kill()


def enter(browser: Browser, stack: Stack, path: str) -> Person:
    person = Person(READER, new_context(browser), stack.origins[0])
    person.expects_lost_server()
    person.open(path)
    person.join()
    person.open_panel("Chat")
    return person


# --- lost messages --------------------------------------------------------------------------------


def write_during_a_crash(stack: Stack, browser: Browser) -> dict[str, list[str]]:
    """The chat as each person has it in the end, by name."""
    *clients, reader = cast(stack, 1, WRITERS + 2)[:-1]
    page = enter(browser, stack, reader.path.replace("/ws", ""))
    with chat_writers(stack, clients, MESSAGES, EVERY_MS) as told:
        for fact in told.start_writing():
            if fact.get("said") == KILL_AFTER:
                stack.processes[0].kill()
                page.page.wait_for_timeout(DOWN_SECONDS * 1000)
                stack.processes[0].start()
            if "read" in fact:
                read = {f"person {number}": texts for number, texts in enumerate(fact["read"], start=1)}
    lines = page.chat.locator(".line")
    page.until(
        lambda: lines.count() == MESSAGES,
        lambda: f"{MESSAGES} lines but {lines.count()}; the page says {page.page.inner_text('body')[:500]!r}",
        PATIENCE,
    )
    read[READER] = lines.evaluate_all(TEXTS)
    page.context.close()
    return read


@dataclass
class Reading:
    """How the chat of one person differs from what was written."""

    lost: int
    doubled: int
    unordered: int  # lines of one writer that come before an earlier one
    elsewhere: int  # lines in another position than in the first person's chat


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


def burst(stack: Stack, browser: Browser, is_open: bool) -> LongestTasks:
    *clients, _ = cast(stack, 1, WRITERS + 1)
    page = enter(browser, stack, clients[0].path.replace("/ws", ""))
    if not is_open:
        page.press("Chat")
    with chat_writers(stack, clients, BURST, 0) as told:
        expect(page.tiles).to_have_count(WRITERS + 1)
        page.page.wait_for_timeout(CALM_MS)
        with traced(browser, page.page) as longest:
            list(told.start_writing())
            expect(page.page.locator(".line")).to_have_count(BURST)
    page.context.close()
    return longest


def worst(stack: Stack, browser: Browser, is_open: bool) -> LongestTasks:
    """The worst of several bursts."""
    found = LongestTasks()
    for _ in range(BURSTS):
        found.keep_worse(burst(stack, browser, is_open))
    return found


def main() -> None:
    with Redis() as redis, Postgres() as postgres, sync_playwright() as playwright:
        parts = {"DATABASE_URL": postgres.new_database(), "REDIS_URL": redis.url}
        with Stack("chat", processes=2, **parts) as stack, launch(playwright, FAKE_DEVICES, ALLOW_DEVICES) as browser:
            found = compare(write_during_a_crash(stack, browser))
            bursts = {state: worst(stack, browser, state == "open") for state in ("open", "closed")}
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
        f"{BURST} messages at once from {WRITERS} people, in Chromium, the worst of {BURSTS}",
        ["the chat is", *HEADS],
        [[state, *longest.row(), verdict(longest.reached)] for state, longest in bursts.items()],
    )
    for line in complaints:
        print("LOG:", line)
