"""Takes pictures of the screens of a real Lanai, light and dark, wide and narrow, into test-results/screenshots/."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Playwright, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.e2e.browser import ALLOW_DEVICES, FAKE_DEVICES, launch, new_context  # noqa: E402
from tests.e2e.people import Person  # noqa: E402
from tests.e2e.servers import Stack  # noqa: E402
from tests.e2e.visitor import Room, Visitor  # noqa: E402

FOLDER = ROOT / "test-results" / "screenshots"
SIZES = {"wide": {"width": 1280, "height": 800}, "narrow": {"width": 390, "height": 844}}
# The layout follows a new size one frame later, and slides there.
SETTLED = """async () => {
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
    await Promise.allSettled(document.getAnimations().filter((each) => each.effect?.getTiming().iterations === 1)
        .map((each) => each.finished));
}"""
PAGES = {"home": "/", "sign-in": "/accounts/login/", "sign-up": "/accounts/signup/"}
OWN_PAGES = {
    "home-signed-in": "/",
    "rooms": "/rooms/",
    "create-room": "/rooms/create/",
    "profile": "/accounts/profile/",
}


def shoot(page: Page, name: str) -> None:
    """The screen in both sizes."""
    for size, viewport in SIZES.items():
        page.set_viewport_size(viewport)  # type: ignore[arg-type]
        page.evaluate(SETTLED)
        page.screenshot(path=FOLDER / f"{name}-{size}.png")


@contextmanager
def person(browser: Browser, origin: str, nickname: str, **options: Any) -> Iterator[Person]:
    context = new_context(browser, **options)
    yield Person(nickname, context, origin)
    context.close()


def shoot_pages(browser: Browser, origin: str, owner: Visitor) -> None:
    for scheme in ("light", "dark"):
        for pages, cookies in ((PAGES, None), (OWN_PAGES, owner.cookies)):
            with person(browser, origin, "Olive", color_scheme=scheme, storage_state=cookies) as visitor:
                for name, path in pages.items():
                    visitor.open(path)
                    shoot(visitor.page, f"{name}-{scheme}")


def shoot_call(browser: Browser, origin: str, room: Room) -> None:
    with person(browser, origin, "Ada") as ada, person(browser, origin, "Grace") as grace:
        ada.open_room(room)
        ada.button("Join now").wait_for()
        shoot(ada.page, "green-room")
        ada.join()
        grace.enter(room)
        ada.sees(grace)
        ada.sees_state(grace, pair="connected")
        shoot(ada.page, "call")
        grace.write("Hello, Ada!")
        ada.open_panel("Chat")
        ada.reads("Hello, Ada!")
        shoot(ada.page, "call-chat")


def main(playwright: Playwright) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with Stack("screenshots") as stack, launch(playwright, FAKE_DEVICES, ALLOW_DEVICES) as browser:
        origin = stack.origins[0]
        owner = Visitor(playwright, origin)
        owner.sign_up("Olive")
        shoot_pages(browser, origin, owner)
        shoot_call(browser, origin, owner.create_room())
        owner.close()
    print(f"{len(list(FOLDER.glob('*.png')))} pictures are in {FOLDER.relative_to(ROOT)}.")


if __name__ == "__main__":
    with sync_playwright() as running:
        main(running)
