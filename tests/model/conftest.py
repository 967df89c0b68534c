from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from tests.model.clocked_stack import ClockedStack
from tests.model.leaks import Leaks
from tests.services import Postgres, Redis


@pytest.fixture(scope="package")
def stack(redis_server: Redis, postgres_server: Postgres) -> Iterator[ClockedStack]:
    settings = {"DATABASE_URL": postgres_server.new_database(), "REDIS_URL": redis_server.url}
    with ClockedStack("model", settings) as running:
        yield running


@pytest.fixture(scope="package")
def leaks(stack: ClockedStack) -> Iterator[Leaks]:
    watch = Leaks(stack, stack.settings["REDIS_URL"])
    yield watch
    watch.close()


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    """Runs coroutines for tests that are not asynchronous."""
    with asyncio.Runner() as made:
        yield made
