"""Makes the people of a test, each with a browser context of their own, and closes them afterwards."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Playwright

from tests.e2e.support import browsers
from tests.e2e.support.display import Display
from tests.e2e.support.languages import ENGLISH, Language
from tests.e2e.support.person import Person
from tests.e2e.support.site_client import SiteClient
from tests.stack import Stack


class People:
    """Makes people and spreads them over the processes of the stack in turn."""

    def __init__(self, stack: Stack, shared: Browser, playwright: Playwright) -> None:
        self._stack = stack
        self._shared = shared
        self._playwright = playwright
        self._own: list[Browser] = []
        self.all: list[Person] = []

    def __call__(
        self,
        nickname: str,
        *scripts: Path,
        browser: Browser | None = None,
        account: SiteClient | None = None,
        language: Language = ENGLISH,
    ) -> Person:
        """A new person: a guest or the owner of ``account``, in ``language``."""
        origins = self._stack.origins
        cookies = {"storage_state": account.cookies} if account else {}
        context = browsers.new_context(browser or self._shared, *scripts, language=language, **cookies)
        person = Person(nickname, context, origins[len(self.all) % len(origins)], language)
        self.all.append(person)
        return person

    def own_browser(self, *devices: str, display: Display | None = None) -> Browser:
        """A browser for one person alone, so that it can be killed, lack a camera, or ask on a ``display``."""
        made = browsers.launch(self._playwright, *devices, display=display)
        self._own.append(made)
        return made

    @property
    def complaints(self) -> list[str]:
        """Unexpected errors in the consoles of all pages."""
        return [line for person in self.all for line in person.complaints]

    def close(self) -> None:
        for person in self.all:
            person.close()
        for own in self._own:
            own.close()
