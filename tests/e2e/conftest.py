"""Fixtures for tests with real browsers on a real server. A test asks for ``people`` and a ``room``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.e2e.support import browsers
from tests.e2e.support.display import Display
from tests.e2e.support.people import People
from tests.e2e.support.person import Person
from tests.e2e.support.received_media import media_flows_between
from tests.e2e.support.site_client import Room, SiteClient
from tests.e2e.support.stacks import Stacks
from tests.e2e.support.voice import write_voice
from tests.stack import Stack

# A call of four starts four cameras and twelve connections, on a machine that may have two cores.
TIMEOUT_SECONDS = 120


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.timeout(TIMEOUT_SECONDS))


# Package scope lasts for this folder and all folders in it. Session scope would last longer: while Playwright's sync
# API runs, no test of another folder could run an event loop.
@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="package")
def browser(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """The Chromium that people share unless a test gives them another browser."""
    voice = write_voice(tmp_path_factory.mktemp("voice") / "voice.wav")
    microphone = f"--use-file-for-fake-audio-capture={voice}"
    with browsers.launch(playwright, browsers.FAKE_DEVICES, browsers.ALLOW_DEVICES, microphone) as shared:
        yield shared


@pytest.fixture(scope="package")
def display() -> Iterator[Display]:
    """A display for browsers that need windows."""
    with Display() as running:
        yield running


@pytest.fixture(scope="package")
def firefox(playwright: Playwright, display: Display) -> Iterator[Browser]:
    """For ``people("Faye", browser=firefox)``."""
    with browsers.launch_firefox(playwright, display) as shared:
        yield shared


@pytest.fixture(scope="package")
def stacks(request: pytest.FixtureRequest, playwright: Playwright) -> Iterator[Stacks]:
    with Stacks(request, playwright) as running:
        yield running


@pytest.fixture(params=["embedded", "cluster"])
def stack(request: pytest.FixtureRequest, stacks: Stacks) -> Stack:
    return stacks[request.param]


@pytest.fixture
def owner(stack: Stack, stacks: Stacks) -> SiteClient:
    """The account that owns the rooms of the tests."""
    return stacks.owner_on(stack)


@pytest.fixture
def new_room(owner: SiteClient) -> Callable[..., Room]:
    return owner.create_room


@pytest.fixture
def room(new_room: Callable[..., Room]) -> Room:
    return new_room()


@pytest.fixture
def people(stack: Stack, browser: Browser, playwright: Playwright) -> Iterator[People]:
    """``people("Ada")`` is a person with a browser. No page's console and no server's log may complain."""
    stack.start_what_ended()
    stack.complaints()
    made = People(stack, browser, playwright)
    yield made
    complaints = made.complaints
    made.close()
    complaints += stack.complaints()
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def mixed(people: People, firefox: Browser, room: Room) -> tuple[Person, Person]:
    """Charlotte with Chromium and Faye with Firefox, in a call."""
    charlotte, faye = people("Charlotte"), people("Faye", browser=firefox)
    charlotte.enter(room)
    faye.enter(room)
    media_flows_between(charlotte, faye)
    return charlotte, faye
