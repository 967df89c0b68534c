"""Nothing is cut off, covered or too small to hit: on small phones, phones on their side, and enlarged pages."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.support.page_scripts import REACHABILITY
from tests.e2e.support.people import People
from tests.e2e.support.person import Person
from tests.e2e.support.site_client import Room, SiteClient
from tests.e2e.support.stacks import one_stack

pytestmark = one_stack
FINGER = 44  # px
SIZES = {
    "small phone": (320, 568),
    "phone": (390, 844),
    "phone on its side": (667, 375),
    "tablet": (768, 1024),
    "a laptop at 200 %": (640, 400),
}
ENLARGED = (320, 256)  # 1280×1024 at 400 %


class Inspector:
    """Looks at one person's page in every size."""

    def __init__(self, person: Person) -> None:
        self.page = person.page
        self.found: list[str] = []

    def look(self, state: str) -> None:
        for name, (width, height) in SIZES.items():
            self._resize(width, height)
            lines = self.page.evaluate(f"[...reach.outOfReach(), ...reach.tooSmall({FINGER})]")
            self.found += [f"{state}, {name}: {line}" for line in [*self._overflow(), *lines]]

    def look_enlarged(self, state: str) -> None:
        """At 400 % only reflow is required (WCAG 1.4.10): a page may be long, and all of it is reached by scrolling."""
        self._resize(*ENLARGED)
        self.found += [f"{state}: {line}" for line in [*self._overflow(), *self.page.evaluate("reach.outOfReach()")]]

    def _resize(self, width: int, height: int) -> None:
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.evaluate("reach.settled()")

    def _overflow(self) -> list[str]:
        wide = self.page.evaluate("reach.wide()")
        return [f"wider than the window by {wide} px"] if wide > 0 else []

    def finds_nothing(self) -> None:
        assert not self.found, "\n".join(self.found)


def test_the_room_in_every_size(people: People, owner: SiteClient, room: Room):
    olive, grace = people("Olive", REACHABILITY, account=owner), people("Grace")
    olive.page.emulate_media(reduced_motion="reduce")
    inspector = Inspector(olive)
    olive.open_room(room)
    inspector.look("green room")
    inspector.look_enlarged("green room")
    olive.join()
    inspector.look("alone")
    grace.enter(room)
    olive.sees(grace)
    inspector.look("two")
    grace.seat_others("Linus", "Katherine", "Dorothy", "Mary")
    olive.until(lambda: olive.tiles.count() == 6, "six people")
    inspector.look("six")
    inspector.look_enlarged("six")
    for panel in ("Chat", "People"):
        olive.page.keyboard.press(panel[0].lower())
        inspector.look(panel)
        olive.page.keyboard.press("Escape")
    inspector.finds_nothing()


@pytest.mark.parametrize("path", ["/", "/rooms/", "/rooms/create/", "/accounts/profile/", "/accounts/email/"])
def test_pages_reflow(people: People, owner: SiteClient, room: Room, path: str):
    olive = people("Olive", REACHABILITY, account=owner)
    inspector = Inspector(olive)
    olive.open(path)
    inspector.look(path)
    inspector.look_enlarged(path)
    inspector.finds_nothing()


def test_open_menus_and_dialogs_fit_a_small_phone(people: People, room: Room):
    ada = people("Ada")
    ada.enter(room)
    for width, height in (SIZES["small phone"], SIZES["phone on its side"], ENLARGED):
        ada.page.set_viewport_size({"width": width, "height": height})
        ada.page.keyboard.press("?")
        ada.page.get_by_role("button", name="Close", exact=True).click()
        ada.press("More")
        for item in ada.page.get_by_role("menuitem").filter(visible=True).all():
            item.scroll_into_view_if_needed()
            box = item.bounding_box()
            assert box and box["x"] >= 0 and box["x"] + box["width"] <= width and box["height"] >= FINGER, (width, box)
        ada.page.keyboard.press("Escape")


@pytest.mark.parametrize("size", ["phone", "tablet"])
def test_toasts_cover_the_large_tile_and_no_tile_of_the_strip(people: People, room: Room, size: str):
    width, height = SIZES[size]
    ada, grace = people("Ada", REACHABILITY), people("Grace")
    ada.enter(room)
    ada.page.set_viewport_size({"width": width, "height": height})
    grace.enter(room)
    grace.seat_others("Linus", "Katherine")
    ada.until(lambda: ada.tiles.count() == 4, "four people")
    grace.seat_others("Dorothy")
    news = ada.page.locator(".toast", has_text="Dorothy joined")
    expect(news).to_be_visible()
    ada.page.evaluate("reach.settled()")
    top, bottom = _span(news)
    strip = ada.tiles.and_(ada.page.locator(".slot:not([data-stage]) *")).all()
    assert len(strip) == 4
    assert all(bottom <= _span(tile)[0] for tile in strip), (bottom, [_span(tile) for tile in strip])
    assert top >= 0


def test_initials_are_dimmed_behind_text_that_covers_them(people: People, room: Room):
    ada, grace = people("Ada"), people("Grace")
    ada.enter(room)
    grace.enter(room)
    grace.seat_others("Linus")
    tile = ada.tiles.and_(ada.page.locator('[data-nickname="Linus"]'))
    expect(tile.get_by_text("Connecting…")).to_be_visible()
    expect(tile.locator(".avatar")).to_have_css("opacity", "0.15")
    expect(tile.locator(".tile-status")).to_have_css("opacity", "1")


def _span(part: Locator) -> tuple[float, float]:
    box = part.bounding_box()
    assert box
    return box["y"], box["y"] + box["height"]
