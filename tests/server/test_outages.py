"""Outages of Redis, PostgreSQL and the mail server: calls go on, pages say so, and everything recovers afterwards."""

from __future__ import annotations

import asyncio
import contextlib
import http.cookiejar
import re
import signal
import time
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any
from urllib.parse import urlencode

import psycopg
import pytest
from websockets.exceptions import ConnectionClosed

from tests.machine import free_port
from tests.server.conftest import Page
from tests.services import Postgres, Redis, Service
from tests.stack import Process, Stack

pytestmark = pytest.mark.timeout(180)

PATIENCE = 25
FRIENDLY = "Back in a moment"


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    """Two processes with their own Redis and PostgreSQL, which the tests stop and freeze."""
    with Redis() as redis, Postgres() as postgres:
        settings = {
            "DATABASE_URL": postgres.new_database(),
            "REDIS_URL": redis.url,
            "EMAIL_URL": f"smtp://127.0.0.1:{free_port()}",  # nobody listens there
        }
        with Stack("outages", processes=2, **settings) as running:
            running.redis, running.postgres = redis, postgres  # type: ignore[attr-defined]
            yield running


@pytest.fixture(autouse=True)
def quiet_log(stack: Stack) -> Iterator[None]:
    """An outage is logged in single lines; a traceback would be a bug of ours."""
    stack.complaints()
    yield
    assert [line for line in stack.complaints() if "Traceback" in line or " ERROR " in line] == []


@pytest.fixture
def redis(stack: Any) -> Iterator[Redis]:
    yield from _mended(stack.redis)


@pytest.fixture
def postgres(stack: Any) -> Iterator[Postgres]:
    yield from _mended(stack.postgres)


def _mended(service: Any) -> Iterator[Any]:
    yield service
    if service.process is None:
        service.start()
    service.process.send_signal(signal.SIGCONT)


def freeze(service: Service) -> None:
    assert service.process is not None
    service.process.send_signal(signal.SIGSTOP)


def thaw(service: Service) -> None:
    assert service.process is not None
    service.process.send_signal(signal.SIGCONT)


def get(url: str, data: bytes | None = None, cookie: str = "") -> tuple[int, str]:
    request = urllib.request.Request(url, data, headers={"Cookie": cookie})
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read().decode()


async def page_at(url: str) -> tuple[int, str]:
    return await asyncio.to_thread(get, url)


@pytest.fixture
async def call(pages: Callable[..., Any]) -> AsyncIterator[tuple[Page, Page]]:
    """Two people at one process, whose pages send pings as real ones do."""
    ada, grace = await pages(0), await pages(0)
    await ada.join("Ada")
    await grace.join("Grace")
    over = asyncio.Event()

    async def beat() -> None:
        while not over.is_set():
            await ada.say("ping")
            await grace.say("ping")
            await asyncio.sleep(1)

    beating = asyncio.create_task(beat())
    yield ada, grace
    over.set()
    await beating


async def signals_pass(ada: Page, grace: Page) -> None:
    word = time.monotonic_ns()
    await ada.say("signal", to=grace.seat, epochs=[1, 1], data=word)
    while (await grace.hear("signal"))["data"] != word:
        pass


async def keeps_passing(ada: Page, grace: Page, seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        await signals_pass(ada, grace)
        await asyncio.sleep(0.2)


async def nobody_left(ada: Page, grace: Page) -> None:
    await asyncio.sleep(0)
    assert not [message for page in (ada, grace) for message in page.heard if message["type"] in ("seat.left", "bye")]
    await ada.say("sync")
    seats = (await ada.hear("welcome"))["seats"]
    assert {seat["nickname"] for seat in seats} >= {"Ada", "Grace"}


async def answer_to_hello(page: Page) -> dict[str, Any]:
    page.attempt += 1
    hello = {"key": page.key, "page": page.page, "attempt": page.attempt, "nickname": "Linus", "mic": True, "cam": True}
    with contextlib.suppress(ConnectionClosed):  # earlier messages can still be read
        await page.say("hello", **hello)
    return await page.hear("welcome", "error", "bye")


async def is_asked_to_try_again(page: Page) -> None:
    assert (await answer_to_hello(page))["code"] == "try_again"


async def joins_in_the_end(page: Page, process: Process) -> None:
    """Join as a page does: retry while the server says try_again, on a new socket if the old one was closed."""
    async with asyncio.timeout(PATIENCE):
        while True:
            if page.socket.close_code is not None:
                await page.open(process)
            answer = await answer_to_hello(page)
            if answer["type"] == "welcome":
                page.seat = answer["seat"]
                return
            assert answer["code"] == "try_again"
            await asyncio.sleep(0.5)


async def signals_pass_in_the_end(ada: Page, grace: Page) -> None:
    """Signal as pages do: repeat until an answer comes."""

    async def repeat() -> None:
        while True:
            await ada.say("signal", to=grace.seat, epochs=[1, 1], data="hello")
            await asyncio.sleep(0.5)

    repeating = asyncio.create_task(repeat())
    await grace.hear("signal")
    repeating.cancel()


async def test_without_redis_calls_go_on_and_pages_work(stack, slug, call, redis):
    ada, grace = call
    await asyncio.to_thread(redis.stop)
    await signals_pass(ada, grace)
    for path in (f"/r/{slug}/", "/accounts/login/", "/r/no-such-room/"):
        status, _ = await page_at(stack.origins[1] + path)
        assert status in (200, 404), path
    await keeps_passing(ada, grace, 3)
    await asyncio.to_thread(redis.start)
    await nobody_left(ada, grace)


async def test_without_redis_chat_reaches_people_at_other_processes_by_way_of_the_table(pages, redis):
    ada, grace, third = await pages(0), await pages(1), await pages(1)
    for page, name in ((ada, "Ada"), (grace, "Grace"), (third, "Third")):
        await page.join(name)
    await ada.say("chat", text="before", ref="c0")
    await grace.hear("chat")
    await third.hear("chat")
    await asyncio.to_thread(redis.stop)
    await ada.say("chat", text="psst", ref="c1", to=grace.seat)
    await ada.say("chat", text="to all", ref="c2")
    assert [(await grace.hear("chat"))["line"]["text"] for _ in range(2)] == ["psst", "to all"]
    assert (await third.hear("chat"))["line"]["text"] == "to all"
    assert not [message for message in third.heard if "psst" in str(message)]
    await asyncio.to_thread(redis.start)


async def test_without_redis_a_newcomer_elsewhere_is_asked_to_try_again_and_gets_in_once_it_is_back(
    stack, slug, call, redis, pages
):
    newcomer = await pages(1)
    await asyncio.to_thread(redis.stop)
    await is_asked_to_try_again(newcomer)
    await asyncio.to_thread(redis.start)
    await joins_in_the_end(newcomer, stack.processes[1])
    await signals_pass_in_the_end(call[0], newcomer)


async def test_with_a_redis_that_hangs_pages_and_signals_do_not(stack, slug, call, redis):
    freeze(redis)
    began = time.monotonic()
    for _ in range(3):
        status, _ = await page_at(f"{stack.origins[1]}/r/{slug}/")
        assert status == 200
    assert time.monotonic() - began < PATIENCE
    await signals_pass(*call)
    thaw(redis)
    await nobody_left(*call)


async def test_without_the_database_calls_go_on_and_pages_say_so(stack, slug, call, postgres, pages):
    ada, grace = call
    newcomer = await pages(1)
    await asyncio.to_thread(postgres.stop)
    status, words = await page_at(f"{stack.origins[0]}/r/{slug}/")
    assert status == 503
    assert FRIENDLY in words
    await is_asked_to_try_again(newcomer)
    await keeps_passing(ada, grace, 15)  # longer than a process without a heartbeat counts as alive
    assert (await page_at(f"{stack.origins[0]}/healthz"))[0] == 200
    assert (await page_at(f"{stack.origins[0]}/readyz"))[0] == 503
    await asyncio.to_thread(postgres.start)
    await joins_in_the_end(newcomer, stack.processes[1])
    await nobody_left(ada, grace)
    status, _ = await page_at(f"{stack.origins[0]}/r/{slug}/")
    assert status == 200


async def test_a_database_that_hangs_and_busy_views_cost_nobody_a_seat(stack, slug, call, postgres):
    ada, grace = call
    freeze(postgres)
    busy = [asyncio.create_task(page_at(f"{stack.origins[0]}/r/{slug}/")) for _ in range(5)]
    await keeps_passing(ada, grace, 20)
    assert (await page_at(f"{stack.origins[0]}/healthz"))[0] == 200
    thaw(postgres)
    assert {status for status, _ in await asyncio.gather(*busy)} <= {200, 503}
    await keeps_passing(ada, grace, 3)
    await nobody_left(ada, grace)


async def test_views_that_wait_for_a_lock_for_twenty_seconds_hold_up_no_seat(stack, slug, call, postgres):
    ada, grace = call
    url = stack.settings["DATABASE_URL"]
    with psycopg.connect(url) as other:
        other.execute("LOCK TABLE django_session IN ACCESS EXCLUSIVE MODE")
        busy = [asyncio.create_task(page_at(f"{stack.origins[0]}/rooms/")) for _ in range(4)]
        await keeps_passing(ada, grace, 5)
        await ada.say("chat", text="Still here", ref="c1")
        assert await ada.hear("ack")
        await keeps_passing(ada, grace, 15)
        other.rollback()
    await asyncio.gather(*busy)
    await nobody_left(ada, grace)


async def test_without_a_mail_server_signing_up_and_resetting_say_so(stack):
    reset = {"email": "nobody@example.org"}
    new = {"email": "new@example.org", "nickname": "New", "password1": "a long password"}
    for path, fields in (("/accounts/password/reset/", reset), ("/accounts/signup/", new)):
        status, words = await asyncio.to_thread(fill_in, stack.origins[0] + path, fields)
        assert (status, "could not be sent" in words) == (200, True), path


def fill_in(url: str, fields: dict[str, str]) -> tuple[int, str]:
    """Send a form, as a browser does."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    form = browser.open(url, timeout=PATIENCE).read().decode()
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)
    assert found
    data = urlencode({**fields, "csrfmiddlewaretoken": found[1]}).encode()
    with browser.open(url, data, timeout=PATIENCE) as answer:
        return answer.status, answer.read().decode()
