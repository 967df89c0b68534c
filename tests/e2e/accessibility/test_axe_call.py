"""axe-core finds no violation in any state of the room's page: one long call per size, state by state."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.support import browsers
from tests.e2e.support.axe import DESKTOP, PHONE, Audit
from tests.e2e.support.display import Display
from tests.e2e.support.people import People
from tests.e2e.support.person import Person
from tests.e2e.support.site_client import Room, SiteClient
from tests.e2e.support.stacks import one_stack
from tests.stack import Stack

pytestmark = one_stack
SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])


class Tour:
    """Through the states of a call, as one person sees it."""

    def __init__(self, viewer: Person, audit: Audit) -> None:
        self.viewer = viewer
        self.audit = audit
        self.page.set_viewport_size(audit.sizes[0])  # type: ignore[arg-type]

    @property
    def page(self) -> Page:
        return self.viewer.page

    def look(self, state: str) -> None:
        self.audit.look(self.page, state)

    def menu(self, name: str) -> Locator:
        """The open menu of a button, which may lie in "More" itself."""
        if not self.viewer.button(name).is_visible():
            self.viewer.press("More")
            self.page.get_by_role("menuitem", name=name, exact=True).click()
        else:
            self.viewer.press(name)
        return self.page.get_by_role("menu", name=name, exact=True)

    def choose(self, menu: str, item: str) -> None:
        self.menu(menu).get_by_role("menuitemradio", name=item).click()

    def escape(self) -> None:
        self.page.keyboard.press("Escape")


def test_the_green_room(people: People, room: Room, display: Display):
    asking, bare = (
        people.own_browser(browsers.FAKE_DEVICES, display=display),
        people.own_browser(browsers.ALLOW_DEVICES),
    )
    ada, grace, linus = people("Ada"), people("Grace", browser=asking), people("Linus", browser=bare)
    first = (
        (ada, "Nobody is here yet"),
        (grace, "Starting your camera…"),
        (linus, "No camera or microphone was found."),
    )
    with Audit(DESKTOP, PHONE) as audit:
        for person, words in first:
            person.open_room(room)
            person.reads(words)
            audit.look(person.page, words)
        ada.press("Join now")
        ada.reads("Please enter your name.")
        audit.look(ada.page, "no name")
        grace.context.grant_permissions([])
        grace.page.reload()
        grace.reads("Your browser blocks the camera and microphone for this page.")
        audit.look(grace.page, "blocked devices")
        ada.join()
        linus.field("Your name").fill("Ada")
        linus.press("Join now")
        linus.reads("Someone here already uses that name.")
        audit.look(linus.page, "a name that is taken")


@SIZES
def test_the_call(people: People, stack: Stack, owner: SiteClient, room: Room, size: dict[str, int]):
    olive, grace = people("Olive", account=owner), people("Grace")
    with Audit(size) as audit:
        tour = Tour(olive, audit)
        olive.enter(room)
        tour.look("alone")
        grace.enter(room)
        olive.sees_state(grace, pair="connected")
        tour.look("two")
        for part in (menus, panels, a_crowd, a_shared_screen, talking):
            part(tour, grace)
        a_small_window(tour)
        a_lost_server(tour, stack, grace)
        olive.press("Leave")
        olive.reads_heading("You left the meeting")
        tour.look("goodbye")


def menus(tour: Tour, other: Person) -> None:
    for name in ("Reactions", "Layout", "More"):
        expect(tour.menu(name)).to_be_visible()
        tour.look(f"{name} open")
        tour.escape()
    for item, dialog in (("Camera and sound", "Camera and sound"), ("Keyboard shortcuts", "Keyboard shortcuts")):
        tour.menu("More").get_by_role("menuitem", name=item).click()
        expect(tour.page.get_by_role("dialog", name=dialog)).to_be_visible()
        tour.look(f"{dialog} open")
        tour.escape()
    tour.page.locator("[data-part=dialog-still]").evaluate("dialog => dialog.showModal()")  # asked after many minutes
    tour.look("asked whether one is still there")
    tour.escape()
    tour.viewer.tile(other).click(button="right")
    menu = tour.page.get_by_role("dialog", name=other.nickname, exact=True)
    expect(menu).to_be_visible()
    tour.look("menu of a tile")
    menu.get_by_role("button", name="Remove from meeting").click()
    expect(tour.page.get_by_role("dialog", name=f"Remove {other.nickname} from the meeting?")).to_be_visible()
    tour.look("asked whether to remove")
    tour.escape()


def panels(tour: Tour, other: Person) -> None:
    tour.viewer.open_panel("Chat")
    tour.look("empty chat")
    other.press("Raise hand")
    other.write("Shall we? https://garden.example/plan")
    tour.viewer.write("Yes please")
    tour.viewer.reads("Shall we?")
    tour.look("chat")
    tour.viewer.open_panel("People")
    tour.look("people")
    tour.page.keyboard.press("Escape")
    tour.menu("More").get_by_role("menuitem", name="Change your name").click()
    tour.look("changing one's name")
    tour.escape()
    tour.viewer.button("Close panel").filter(visible=True).click()


def a_crowd(tour: Tour, other: Person) -> None:
    other.seat_others("Linus", "Katherine", "Dorothy", "Mary")
    expect(tour.viewer.tiles).to_have_count(6)
    tour.look("speaker and strip")
    tour.viewer.open_panel("Chat")
    tour.page.get_by_role("combobox", name="To").select_option(label="Grace only")
    tour.viewer.write("Between us")
    tour.look("private chat")
    tour.escape()
    tour.viewer.tile(other).click(button="right")
    tour.page.get_by_role("button", name="Spotlight for everybody").click()
    tour.viewer.reads("Grace is in the spotlight")
    tour.look("spotlight")
    tour.choose("Layout", "Grid")
    tour.look("grid")
    tour.viewer.tile(other).click()
    tour.viewer.reads("Back to grid")
    tour.look("pinned")
    tour.choose("Layout", "Automatic")
    other.lose_one_of_them()
    tour.viewer.reads("Reconnecting…")
    tour.look("somebody is away")


def a_shared_screen(tour: Tour, other: Person) -> None:
    other.press("Share screen")
    tour.page.locator("[data-screen-of]").wait_for()
    tour.look("a shared screen")
    other.press("Stop sharing")


def talking(tour: Tour, other: Person) -> None:
    other.press("Mute microphone")  # the same voice from the loudspeaker is taken for an echo, and removed
    tour.viewer.press("Raise hand")
    tour.viewer.reads("Hand lowered because you are speaking")
    tour.look("hand lowered by speaking")
    tour.viewer.press("Mute microphone")
    tour.viewer.reads("You are muted. Unmute to be heard.")
    tour.look("speaking while muted")
    tour.page.keyboard.down("Space")
    tour.viewer.reads("You are heard while you hold Space")
    tour.look("talking while Space is held")
    tour.page.keyboard.up("Space")


def a_small_window(tour: Tour) -> None:
    menu = tour.menu("More")
    with tour.viewer.context.expect_page() as opened:
        menu.get_by_role("menuitem", name="Small window").click()
    with Audit({"width": 360, "height": 300}) as small:
        small.look(opened.value, "small window")
    opened.value.close()


def a_lost_server(tour: Tour, stack: Stack, other: Person) -> None:
    for person in (tour.viewer, other):
        person.expects_lost_server()
    for process in stack.processes:
        process.kill()
    away = tour.page.locator("#call").get_by_text("Reconnecting… the call goes on")
    expect(away).to_be_visible()
    tour.viewer.write("Are you there?")
    tour.viewer.reads("Not sent yet")
    tour.look("without a server")
    stack.start_what_ended()
    expect(away).to_be_hidden()
    tour.viewer.button("Close panel").filter(visible=True).click()
