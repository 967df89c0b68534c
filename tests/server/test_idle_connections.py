"""Idle connections: 1,100 of one address keep nobody out, however few files a process may open."""

from __future__ import annotations

import asyncio
import resource
from collections.abc import Iterator

import pytest

from tests.server.raw import RawSocket
from tests.stack import Process, Stack

MANY = 1_100
PATIENCE = 60


class NarrowProcess(Process):
    """Started as most systems do: 1,024 files, and no more even if asked for."""

    limit = "ulimit -n 1024"

    def command(self) -> list[str]:
        return ["sh", "-c", f'{self.limit}; exec "$@"', "sh", *super().command()]


class SoftProcess(NarrowProcess):
    """1,024 files, and more if asked for."""

    limit = "ulimit -Sn 1024"


class NarrowStack(Stack):
    process_class = NarrowProcess


class SoftStack(Stack):
    process_class = SoftProcess


@pytest.fixture(autouse=True)
def quiet_log() -> None:
    """These have processes of their own, not those of the other tests."""


@pytest.fixture(params=["daphne", "uvicorn"], scope="module")
def narrow(request: pytest.FixtureRequest) -> Iterator[Stack]:
    with NarrowStack("narrow", LANAI_SERVER=request.param) as running:
        yield running


@pytest.fixture
def many_files() -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 4 * MANY)), hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


async def asked(stack: Stack) -> bytes:
    """The answer to a request on a connection of its own."""
    raw = await RawSocket(stack.processes[0]).connect()
    await raw.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    answer = await raw.ended()
    raw.close()
    return answer


@pytest.mark.parametrize("beginning", [b"", b"GET / HTTP/1.1\r\nHost: x\r\n"], ids=["silent", "half a request"])
async def test_the_same_address_can_still_open_pages(narrow, many_files, beginning):
    idle = []
    try:
        async with asyncio.timeout(PATIENCE):
            for _ in range(MANY):
                raw = await RawSocket(narrow.processes[0]).connect()
                idle.append(raw)
                if beginning:
                    await raw.write(beginning)
            assert b"alive" in await asked(narrow)
            await idle[0].ended()  # the oldest was ended
    finally:
        for raw in idle:
            raw.close()
    assert narrow.complaints() == []


async def test_connections_that_asked_once_and_wait_count_too(narrow, many_files):
    idle = []
    try:
        async with asyncio.timeout(PATIENCE):
            for _ in range(MANY):
                raw = await RawSocket(narrow.processes[0]).connect()
                idle.append(raw)
                await raw.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
                assert b"200 OK" in await raw.read()
            assert b"alive" in await asked(narrow)
    finally:
        for raw in idle:
            raw.close()
    assert narrow.complaints() == []


@pytest.mark.parametrize("server", ["daphne", "uvicorn"])
def test_a_process_may_open_as_many_files_as_the_system_lets_it(server):
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with SoftStack("soft", LANAI_SERVER=server) as stack:
        process = stack.processes[0].process
        assert process is not None
        soft, _ = resource.prlimit(process.pid, resource.RLIMIT_NOFILE)
    assert soft == min(hard, 65_536) > 1_024
