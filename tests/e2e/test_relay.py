from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright

from tests.e2e.browser import RELAY_ONLY
from tests.e2e.conftest import Cast
from tests.e2e.senses import everybody_meets
from tests.e2e.servers import Stack
from tests.e2e.visitor import Room, Visitor
from tests.services import Coturn


@pytest.fixture
def stack(turn_server: Coturn) -> Iterator[Stack]:
    """A small one that knows of the relay: which stack hands out its address makes no difference to it."""
    urls = ",".join(turn_server.urls)
    with Stack("relayed", TURN_URLS=urls, TURN_SECRET=turn_server.secret) as running:
        yield running


@pytest.fixture
def owner(stack: Stack, playwright: Playwright) -> Iterator[Visitor]:
    visitor = Visitor(playwright, stack.origins[0])
    visitor.sign_up("Olive")
    yield visitor
    visitor.close()


@pytest.mark.parametrize("second", ["Chromium", "Firefox"])
def test_people_meet_through_the_relay_where_nothing_else_gets_through(
    people: Cast, room: Room, firefox: Browser, second: str
):
    ada = people("Ada", RELAY_ONLY)
    grace = people("Grace", RELAY_ONLY, browser=firefox if second == "Firefox" else None)
    ada.enter(room)
    grace.enter(room)
    ada.sees(grace)
    grace.sees(ada)
    everybody_meets(ada, grace)
    for person in (ada, grace):
        assert person.pairs() == [{"local": "relay", "remote": "relay"}]
