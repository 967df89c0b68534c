from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.e2e.support.page_scripts import RELAY_ONLY
from tests.e2e.support.people import People
from tests.e2e.support.received_media import media_flows_between
from tests.e2e.support.site_client import Room
from tests.services import Coturn
from tests.stack import Stack


@pytest.fixture(scope="module")
def relayed(turn_server: Coturn) -> Iterator[Stack]:
    """One process that knows of the relay: which stack hands out its address makes no difference to it."""
    urls = ",".join(turn_server.urls)
    with Stack("relayed", TURN_URLS=urls, TURN_SECRET=turn_server.secret) as running:
        yield running


@pytest.fixture
def stack(relayed: Stack) -> Stack:
    return relayed


@pytest.mark.parametrize("second", ["Chromium", "Firefox"])
def test_media_flows_through_the_relay_when_no_other_candidate_is_allowed(
    people: People, room: Room, firefox: Browser, second: str
):
    ada = people("Ada", RELAY_ONLY)
    grace = people("Grace", RELAY_ONLY, browser=firefox if second == "Firefox" else None)
    ada.enter(room)
    grace.enter(room)
    ada.sees(grace)
    grace.sees(ada)
    media_flows_between(ada, grace)
    for person in (ada, grace):
        assert person.pairs() == [{"local": "relay", "remote": "relay"}]
