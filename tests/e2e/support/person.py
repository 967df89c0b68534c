"""A person with a page: actions on it, locators in it and expectations about it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, expect

from tests.e2e.support.extra_seats import ExtraSeats
from tests.e2e.support.languages import ENGLISH, Language
from tests.e2e.support.received_media import PATIENCE, MediaObserver
from tests.e2e.support.site_client import Room

Words = str | re.Pattern[str]
RECORD_ANNOUNCEMENTS = """() => {
    window.announcements = [];
    const note = (changes) => {
        for (const { addedNodes } of changes) for (const line of addedNodes) announcements.push(line.textContent);
    };
    for (const id of ["say-politely", "say-now"]) {
        new MutationObserver(note).observe(document.getElementById(id), { childList: true });
    }
}"""
expect.set_options(timeout=PATIENCE * 1000)


class Person(MediaObserver):
    """One page of one person. ``context`` holds the person's cookies."""

    def __init__(self, nickname: str, context: BrowserContext, origin: str, language: Language = ENGLISH) -> None:
        self.nickname = nickname
        self.language = language
        self.context = context
        self.origin = origin
        self._complaints: list[str] = []
        self._expected: list[str] = []
        self._extra_seats = ExtraSeats()
        self.page = self._new_page()

    def seat_others(self, *nicknames: str) -> None:
        """Fill the room of this page with people who have a seat each and no media."""
        self._extra_seats.take(self.origin, urlsplit(self.page.url).path, *nicknames)

    def lose_one_of_them(self) -> None:
        """The last one's network ends."""
        self._extra_seats.lose_one()

    def close(self) -> None:
        self._extra_seats.close()
        self.context.close()

    def _new_page(self) -> Page:
        page = self.context.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        page.on("console", self._listen)
        page.on("pageerror", lambda problem: self._complaints.append(f"{self.nickname}: {problem.stack}"))
        return page

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._complaints.append(f"{self.nickname}: {message.text} ({message.location['url']})")

    def expects_error(self, words: str) -> None:
        """The browser itself writes these words as an error, and rightly so."""
        self._expected.append(words)

    def expects_lost_server(self) -> None:
        """Browsers note every try to connect that fails, each in its own words."""
        self.expects_error("WebSocket connection to")
        self.expects_error("can’t establish a connection to the server at ws:")

    @property
    def complaints(self) -> list[str]:
        """Errors in the page's console that no test expected."""
        return [line for line in self._complaints if not any(words in line for words in self._expected)]

    # --- doing -----------------------------------------------------------------------------------

    def open(self, path: str = "/") -> None:
        self.page.goto(self.origin + path)

    def open_room(self, room: Room) -> None:
        self.open(room.path)

    def ask_to_join(self) -> None:
        self.field("Your name").fill(self.nickname)
        self.press("Join now")

    def join(self) -> None:
        """From the green room into the call."""
        self.ask_to_join()
        self.is_in_call()

    def enter(self, room: Room, camera: bool = True) -> None:
        """Join without a camera where a test needs no pictures: with four people, encoding them slows every page."""
        self.open_room(room)
        if not camera:
            self.press("Turn off camera")
        self.join()

    def press(self, name: str) -> None:
        self.button(name).click()

    def open_panel(self, name: str) -> None:
        if self.button(name).get_attribute("aria-expanded") == "false":
            self.press(name)

    def write(self, text: str) -> None:
        """A line of chat."""
        self.open_panel("Chat")
        self.field("Message").fill(text)
        self.field("Message").press("Enter")

    # --- finding ---------------------------------------------------------------------------------

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=self.language(name), exact=True)

    def field(self, name: str) -> Locator:
        return self.page.get_by_role("textbox", name=self.language(name), exact=True)

    @property
    def tiles(self) -> Locator:
        return self.page.get_by_role("region", name=self.language("Participants")).locator("[data-seat]")

    def tile(self, other: MediaObserver) -> Locator:
        return self.tiles.and_(self.page.locator(f'[data-nickname="{other.nickname}"]'))

    def seat_of(self, other: MediaObserver) -> str:
        return self.tile(other).get_attribute("data-seat") or ""

    @property
    def seat(self) -> str:
        return self.seat_of(self)

    def on_stage(self, other: MediaObserver) -> Locator:
        return self.page.locator(f'[data-stage] [data-nickname="{other.nickname}"]')

    @property
    def lost_server(self) -> Locator:
        """The line that says the server is away."""
        return self.page.locator("#call").get_by_text("Reconnecting… ")

    @property
    def chat(self) -> Locator:
        return self.page.get_by_role("log", name=self.language("Chat messages"))

    # --- seeing ----------------------------------------------------------------------------------

    def is_in_call(self) -> None:
        expect(self.tile(self)).to_be_visible()

    def sees(self, *others: MediaObserver) -> None:
        """Exactly these people have tiles, one each, besides oneself."""
        expected = sorted(person.nickname for person in (self, *others))
        self.until(lambda: self._nicknames() == expected, lambda: f"tiles of {expected} but {self._nicknames()}")

    def _nicknames(self) -> list[str]:
        return sorted(self.tiles.evaluate_all("tiles => tiles.map(tile => tile.dataset.nickname)"))

    def no_longer_sees(self, other: MediaObserver, within: float = PATIENCE) -> None:
        expect(self.tile(other)).to_have_count(0, timeout=within * 1000)

    def sees_state(self, other: MediaObserver, **states: str | None) -> None:
        """The ``data-…`` attributes of a person's tile: ``mic="off"``, ``hand=None`` for absent."""
        for name, value in states.items():
            if value is None:
                expect(self.tile(other)).not_to_have_attribute(f"data-{name}", re.compile(""))
            else:
                expect(self.tile(other)).to_have_attribute(f"data-{name}", value)

    def reads(self, words: Words) -> None:
        expect(self.page.get_by_text(words).filter(visible=True).first).to_be_visible()

    def record_announcements(self) -> None:
        """From now on, what the live regions tell screen readers is kept in ``announcements``."""
        self.page.evaluate(RECORD_ANNOUNCEMENTS)

    @property
    def announcements(self) -> list[str]:
        return list(self.page.evaluate("announcements"))

    def is_told(self, words: str) -> None:
        """By a live region, exactly these words."""
        self.until(lambda: words in self.announcements, lambda: f"word of {words!r}, but {self.announcements}")

    def reads_heading(self, words: Words) -> None:
        expect(self.page.get_by_role("heading", name=words)).to_be_visible()
