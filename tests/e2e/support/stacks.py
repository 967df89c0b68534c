"""The stacks of the browser tests, each started when a test first asks for it and kept for the tests that follow."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Self

import pytest
from playwright.sync_api import Playwright

from tests.e2e.support.pseudolocale import write_catalogues
from tests.e2e.support.site_client import PASSWORD, SiteClient
from tests.services import Postgres, Redis
from tests.stack import Stack

# For what happens in one page alone, or where the number of processes makes no difference.
one_stack = pytest.mark.parametrize("stack", ["embedded"], indirect=True)
# For what processes have to agree on. One process has less to get wrong, and rooms/tests covers it.
across_processes = pytest.mark.parametrize("stack", ["cluster"], indirect=True)


class Stacks:
    """Running stacks by name: ``embedded``, ``cluster``, ``pseudolocale``.

    Tests run folder by folder, and each folder has tests for several stacks, so a stack that ended with its last test
    of a folder would start anew for the next folder.
    """

    def __init__(self, request: pytest.FixtureRequest, playwright: Playwright) -> None:
        self._request = request
        self._playwright = playwright
        self._running = ExitStack()
        self._stacks: dict[str, Stack] = {}
        self._owners: dict[str, SiteClient] = {}
        self._admins: dict[str, SiteClient] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._running.close()

    def __getitem__(self, name: str) -> Stack:
        if name not in self._stacks:
            self._stacks[name] = self._running.enter_context(MAKE[name](self._request))
        return self._stacks[name]

    def owner_on(self, stack: Stack) -> SiteClient:
        """The account that owns the rooms of the tests, signed up once per stack."""
        if stack.name not in self._owners:
            self._owners[stack.name] = owner = self._new_client(stack)
            owner.sign_up("Olive")
        return self._owners[stack.name]

    def admin_on(self, stack: Stack) -> SiteClient:
        """The admin that a new Lanai begins with, who has to choose a password first."""
        if stack.name not in self._admins:
            self._admins[stack.name] = admin = self._new_client(stack)
            first = stack.first_password
            admin.sign_in("admin@localhost", first)
            admin.submit("/accounts/password/change/", oldpassword=first, password1=PASSWORD, password2=PASSWORD)
        return self._admins[stack.name]

    def _new_client(self, stack: Stack) -> SiteClient:
        client = SiteClient(self._playwright, stack.origins[0])
        self._running.callback(client.close)
        return client


def _embedded(_: pytest.FixtureRequest) -> Stack:
    """One process and SQLite."""
    return Stack("embedded")


def _cluster(request: pytest.FixtureRequest) -> Stack:
    """Two processes, PostgreSQL and Redis."""
    redis: Redis = request.getfixturevalue("redis_server")
    postgres: Postgres = request.getfixturevalue("postgres_server")
    return Stack("cluster", processes=2, DATABASE_URL=postgres.new_database(), REDIS_URL=redis.url)


def _pseudolocale(request: pytest.FixtureRequest) -> Stack:
    """Its German is the English of the sources, in brackets."""
    folder: Path = request.getfixturevalue("tmp_path_factory").mktemp("pseudolocale")
    write_catalogues(folder)
    settings = "tests.e2e.support.pseudolocale_settings"
    return Stack("pseudolocale", DJANGO_SETTINGS_MODULE=settings, LANAI_PSEUDOLOCALE=str(folder))


MAKE: dict[str, Callable[[pytest.FixtureRequest], Stack]] = {
    "embedded": _embedded,
    "cluster": _cluster,
    "pseudolocale": _pseudolocale,
}
