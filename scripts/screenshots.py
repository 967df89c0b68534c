"""Takes screenshots of every page, light and dark, wide and narrow, into test-results/screenshots/."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, Page, Playwright, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.e2e.support.browsers import ALLOW_DEVICES, FAKE_DEVICES, launch, new_context  # noqa: E402
from tests.e2e.support.person import Person  # noqa: E402
from tests.e2e.support.settling import SETTLED  # noqa: E402
from tests.e2e.support.site_client import Room, SiteClient  # noqa: E402
from tests.stack import Stack  # noqa: E402

FOLDER = ROOT / "test-results" / "screenshots"
IMAGES = ROOT / "docs" / "images"
# Screenshots that are copied to docs/images/, for the README.
README_IMAGES = {"call-wide": "call", "green-room-light-wide": "green-room", "rooms-light-wide": "my-rooms"}
SIZES = {
    "wide": {"width": 1440, "height": 900},
    "tablet": {"width": 768, "height": 1024},
    "phone": {"width": 390, "height": 844},
}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
PORTRAIT = (ROOT / "scripts" / "portrait.js").read_text()
PORTRAIT_COLOURS = {
    "Olive": {"sky": "#f6c58f", "hill": "#7fb79f", "coat": "#1b6b50", "skin": "#e8b48f", "hair": "#4a2f22"},
    "Ada": {"sky": "#cfe3ea", "hill": "#9db8c9", "coat": "#8c2f39", "skin": "#f0c9a8", "hair": "#c98b3c"},
    "Grace": {"sky": "#efe3d0", "hill": "#c9a98a", "coat": "#3d405b", "skin": "#8d5a3b", "hair": "#1f1a17"},
    "Katherine": {"sky": "#e4d6ee", "hill": "#a695c4", "coat": "#e07a5f", "skin": "#c68a62", "hair": "#2d221d"},
}
PAGES = {"home": "/", "sign-in": "/accounts/login/", "sign-up": "/accounts/signup/"}
OWN_PAGES = {
    "home-signed-in": "/",
    "create-room": "/rooms/create/",
    "profile": "/accounts/profile/",
}


def shoot(page: Page, name: str, *, opened: Callable[[], None] | None = None) -> None:
    """Take a screenshot in every size. ``opened`` opens a menu or dialog, anew in each size, where its button is."""
    for size, viewport in SIZES.items():
        page.set_viewport_size(viewport)  # type: ignore[arg-type]
        if opened:
            opened()
        page.evaluate(SETTLED)
        page.screenshot(path=FOLDER / f"{name}-{size}.png")
        if opened:
            page.keyboard.press("Escape")


@contextmanager
def person(browser: Browser, origin: str, nickname: str, **options: Any) -> Iterator[Person]:
    context = new_context(browser, **options)
    context.add_init_script(PORTRAIT.replace("LOOK", json.dumps(PORTRAIT_COLOURS[nickname])))
    yield Person(nickname, context, origin)
    context.close()


def shoot_pages(browser: Browser, origin: str, owner: SiteClient) -> None:
    for scheme in SCHEMES:
        for pages, cookies in ((PAGES, None), (OWN_PAGES, owner.cookies)):
            with person(browser, origin, "Olive", color_scheme=scheme, storage_state=cookies) as visitor:
                for name, path in pages.items():
                    visitor.open(path)
                    shoot(visitor.page, f"{name}-{scheme}")


def shoot_green_room(browser: Browser, origin: str, room: Room) -> None:
    for scheme in SCHEMES:
        with person(browser, origin, "Katherine", color_scheme=scheme) as visitor:
            visitor.open_room(room)
            visitor.field("Your name").fill("Katherine")
            visitor.page.get_by_text("Olive").first.wait_for()
            shoot(visitor.page, f"green-room-{scheme}")


def shoot_call(browser: Browser, origin: str, owner: SiteClient, room: Room) -> None:
    """A meeting of one, two and four people: green room, chat, people panel, shared screen, goodbye."""
    with (
        person(browser, origin, "Olive", storage_state=owner.cookies) as olive,
        person(browser, origin, "Ada") as ada,
        person(browser, origin, "Grace") as grace,
    ):
        olive.enter(room)
        shoot(olive.page, "call-alone")
        ada.enter(room)
        shoot(olive.page, "call-of-two")
        shoot_green_room(browser, origin, room)
        grace.enter(room)
        olive.sees(ada, grace)
        with person(browser, origin, "Katherine") as katherine:
            katherine.enter(room)
            olive.sees(ada, grace, katherine)
            for other in (ada, grace, katherine):
                olive.sees_state(other, pair="connected")
            katherine.press("Mute microphone")
            katherine.press("Raise hand")
            ada.press("Mute microphone")
            olive.sees_state(ada, mic="off")
            shoot(olive.page, "call")
            grace.write("Shall we look at the harvest plan?")
            katherine.write("Yes please! It is at https://garden.example/plan")
            olive.open_panel("Chat")
            olive.reads("Yes please")
            shoot(olive.page, "call-chat")
            olive.open_panel("People")
            shoot(olive.page, "call-people")
            olive.page.keyboard.press("Escape")
            shoot_over_the_call(olive, ada)
            grace.press("Share screen")
            olive.page.locator("[data-screen-of]").wait_for()
            shoot(olive.page, "call-share")
            with person(browser, origin, "Olive", storage_state=owner.cookies) as elsewhere:
                elsewhere.open("/rooms/")
                elsewhere.page.get_by_text("Katherine").first.wait_for()
                for scheme in SCHEMES:
                    elsewhere.page.emulate_media(color_scheme=scheme)
                    shoot(elsewhere.page, f"rooms-{scheme}")
        grace.press("Leave")
        grace.page.get_by_text("You left the meeting").first.wait_for()
        for scheme in SCHEMES:
            grace.page.emulate_media(color_scheme=scheme)
            shoot(grace.page, f"goodbye-{scheme}")


def shoot_over_the_call(olive: Person, ada: Person) -> None:
    """Menus and dialogs over the tiles."""
    shoot(olive.page, "call-more", opened=partial(olive.press, "More"))
    shoot(olive.page, "call-tile-menu", opened=partial(olive.press, f"Options for {ada.nickname}"))
    shoot(olive.page, "call-reactions", opened=partial(olive.press, "Reactions"))
    shoot(olive.page, "call-keys", opened=partial(olive.page.keyboard.press, "?"))


def main(playwright: Playwright) -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True, exist_ok=True)
    IMAGES.mkdir(parents=True, exist_ok=True)
    with Stack("screenshots") as stack, launch(playwright, FAKE_DEVICES, ALLOW_DEVICES) as browser:
        origin = stack.origins[0]
        owner = SiteClient(playwright, origin)
        owner.sign_up("Olive")
        rooms = [owner.create_room(name=name) for name in ("Book club", "Garden committee")]
        shoot_pages(browser, origin, owner)
        shoot_call(browser, origin, owner, rooms[-1])
        owner.close()
    for taken, shown in README_IMAGES.items():
        shutil.copy(FOLDER / f"{taken}.png", IMAGES / f"{shown}.png")
    print(f"{len(list(FOLDER.glob('*.png')))} pictures are in {FOLDER.relative_to(ROOT)}.")


if __name__ == "__main__":
    with sync_playwright() as running:
        main(running)
