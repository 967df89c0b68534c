"""Real browsers on a real server, in its two sizes. A test asks for ``people`` and a ``room``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.e2e import browser as browsers
from tests.e2e.brackets import write_catalogues
from tests.e2e.display import Display
from tests.e2e.language import ENGLISH, Language
from tests.e2e.people import Person
from tests.e2e.senses import everybody_meets
from tests.e2e.servers import Stack
from tests.e2e.visitor import Room, Visitor
from tests.e2e.voice import write_voice
from tests.services import Postgres, Redis

# For what happens in one page alone, or where a process more or less makes no difference.
one_stack = pytest.mark.parametrize("stack", ["embedded"], indirect=True)

# A call of four starts four cameras and twelve connections, on a machine that may have two cores.
TIMEOUT_SECONDS = 120


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.timeout(TIMEOUT_SECONDS))


# Not for the session: while Playwright runs, no other test could run an event loop.
@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="package")
def browser(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """The browser of everybody who needs none of their own."""
    voice = write_voice(tmp_path_factory.mktemp("voice") / "voice.wav")
    microphone = f"--use-file-for-fake-audio-capture={voice}"
    with browsers.launch(playwright, browsers.FAKE_DEVICES, browsers.ALLOW_DEVICES, microphone) as shared:
        yield shared


@pytest.fixture(scope="package")
def firefox(playwright: Playwright) -> Iterator[Browser]:
    """For ``people("Faye", browser=firefox)``."""
    with Display() as display, browsers.launch_firefox(playwright, display) as shared:
        yield shared


@pytest.fixture(scope="package", params=["embedded", "cluster"])
def stack(request: pytest.FixtureRequest) -> Iterator[Stack]:
    """embedded: one process and SQLite. cluster: two processes, PostgreSQL and Redis."""
    with STACKS[request.param](request) as running:
        yield running


def _cluster(request: pytest.FixtureRequest) -> Stack:
    redis: Redis = request.getfixturevalue("redis_server")
    postgres: Postgres = request.getfixturevalue("postgres_server")
    return Stack("cluster", processes=2, DATABASE_URL=postgres.new_database(), REDIS_URL=redis.url)


def _in_brackets(request: pytest.FixtureRequest) -> Stack:
    """Its German is the English of the sources, in brackets."""
    folder: Path = request.getfixturevalue("tmp_path_factory").mktemp("brackets")
    write_catalogues(folder)
    return Stack("brackets", DJANGO_SETTINGS_MODULE="tests.e2e.brackets_settings", LANAI_BRACKETS=str(folder))


STACKS: dict[str, Callable[[pytest.FixtureRequest], Stack]] = {
    "embedded": lambda _: Stack("embedded"),
    "cluster": _cluster,
    "brackets": _in_brackets,
}


@pytest.fixture(scope="package")
def owner(stack: Stack, playwright: Playwright) -> Iterator[Visitor]:
    """The account that owns the rooms of the tests."""
    visitor = Visitor(playwright, stack.origins[0])
    visitor.sign_up("Olive")
    yield visitor
    visitor.close()


@pytest.fixture
def new_room(owner: Visitor) -> Callable[..., Room]:
    return owner.create_room


@pytest.fixture
def room(new_room: Callable[..., Room]) -> Room:
    return new_room()


class Cast:
    """Makes people, who take turns at the processes of the stack, and looks after them."""

    def __init__(self, stack: Stack, shared: Browser, playwright: Playwright) -> None:
        self._stack = stack
        self._shared = shared
        self._playwright = playwright
        self._own: list[Browser] = []
        self.people: list[Person] = []

    def __call__(
        self,
        nickname: str,
        *scripts: Path,
        browser: Browser | None = None,
        account: Visitor | None = None,
        language: Language = ENGLISH,
    ) -> Person:
        """A guest, or the owner of ``account``, who reads ``language``."""
        origins = self._stack.origins
        cookies = {"storage_state": account.cookies} if account else {}
        context = browsers.new_context(browser or self._shared, *scripts, language=language, **cookies)
        person = Person(nickname, context, origins[len(self.people) % len(origins)], language)
        self.people.append(person)
        return person

    def own_browser(self, *devices: str) -> Browser:
        """A browser for one person alone, so that it can be killed or lack a camera."""
        made = browsers.launch(self._playwright, *devices)
        self._own.append(made)
        return made

    def go_home(self) -> None:
        for person in self.people:
            person.context.close()
        for own in self._own:
            own.close()


@pytest.fixture
def people(stack: Stack, browser: Browser, playwright: Playwright) -> Iterator[Cast]:
    """``people("Ada")`` is somebody with a browser. Nobody's console and no server's log may complain."""
    stack.start_what_ended()
    stack.complaints()
    cast = Cast(stack, browser, playwright)
    yield cast
    complaints = [line for person in cast.people for line in person.complaints]
    cast.go_home()
    complaints += stack.complaints()
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def mixed(people: Cast, firefox: Browser, room: Room) -> tuple[Person, Person]:
    """Charlotte with Chromium and Faye with Firefox, in a call."""
    charlotte, faye = people("Charlotte"), people("Faye", browser=firefox)
    charlotte.enter(room)
    faye.enter(room)
    everybody_meets(charlotte, faye)
    return charlotte, faye
