"""A whole call without a mouse, and keyboard shortcuts."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.e2e.support.page_scripts import REACHABILITY
from tests.e2e.support.people import People
from tests.e2e.support.person import Person
from tests.e2e.support.received_media import media_flows_between
from tests.e2e.support.site_client import Room
from tests.e2e.support.stacks import one_stack

pytestmark = one_stack
MANY = 60  # more stops than any screen has


def type_keys(person: Person, *keys: str) -> None:
    for key in keys:
        person.page.keyboard.press(key)


def tab_to(person: Person, target: Locator, key: str = "Tab") -> None:
    """By Tab alone, and at each stop on the way one sees where one is."""
    for _ in range(MANY):
        type_keys(person, key)
        focus = person.page.evaluate("reach.focus()")
        assert focus["ring"], f"{focus['name']} has the focus, and nobody sees it"
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{person.nickname} never came to {target}")


def two(people: People, room: Room) -> tuple[Person, Person]:
    ada, grace = people("Ada", REACHABILITY), people("Grace")
    ada.enter(room)
    grace.enter(room)
    media_flows_between(ada, grace)
    return ada, grace


def test_a_whole_call_by_keyboard_alone(people: People, room: Room):
    ada, grace = people("Ada", REACHABILITY), people("Grace")
    grace.enter(room)
    ada.open_room(room)
    tab_to(ada, ada.field("Your name"))
    ada.page.keyboard.type("Ada")
    tab_to(ada, ada.button("Join now"))
    type_keys(ada, "Enter")
    ada.is_in_call()
    expect(ada.page.get_by_role("heading", level=1)).to_be_focused()
    type_keys(ada, "Shift+Tab")
    expect(ada.page.get_by_role("link", name="Skip to the call controls")).to_be_focused()
    type_keys(ada, "Enter", "Tab")
    expect(ada.button("Mute microphone")).to_be_focused()
    type_keys(ada, "Space")
    grace.sees_state(ada, mic="off")
    tab_to(ada, ada.button("Chat"))
    type_keys(ada, "Enter")
    expect(ada.field("Message")).to_be_focused()
    ada.page.keyboard.type("By keyboard")
    type_keys(ada, "Enter", "Escape")
    expect(ada.button("Chat")).to_be_focused()
    grace.reads("By keyboard")
    tab_to(ada, ada.button("People"))
    type_keys(ada, "Enter", "Escape")
    expect(ada.button("People")).to_be_focused()
    tab_to(ada, ada.button("Raise hand"), "Shift+Tab")
    type_keys(ada, "Space")
    grace.sees_state(ada, hand="")
    tab_to(ada, ada.button("Layout"))
    type_keys(ada, "Enter", "End")
    expect(ada.page.get_by_role("menuitemradio", name="Grid")).to_be_focused()
    type_keys(ada, "Enter")
    expect(ada.button("Layout")).to_be_focused()
    expect(ada.page.locator("[data-stage]")).to_have_count(0)
    tab_to(ada, ada.tile(grace), "Shift+Tab")
    type_keys(ada, "Space")
    expect(ada.on_stage(grace)).to_be_visible()
    tab_to(ada, ada.button("Share screen"))
    type_keys(ada, "Enter")
    grace.screen_flows_from(grace.seat_of(ada))
    type_keys(ada, "Enter")
    expect(grace.page.locator("[data-screen-of]")).to_have_count(0)
    tab_to(ada, ada.button("More"))
    type_keys(ada, "Enter", "ArrowUp", "Enter")
    expect(ada.page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    type_keys(ada, "Escape")
    expect(ada.button("More")).to_be_focused()
    tab_to(ada, ada.button("Leave"))
    type_keys(ada, "Enter")
    expect(ada.page.get_by_role("heading", name="You left the meeting")).to_be_focused()


def test_tab_comes_to_every_control_and_never_sticks(people: People, room: Room):
    ada, grace = two(people, room)
    grace.write("A line with https://garden.example/plan")
    for panel in ("Chat", "People"):
        ada.open_panel(panel)
        ada.page.evaluate("document.activeElement.blur()")
        wanted = set(ada.page.evaluate("reach.names()"))
        reached = set()
        for _ in range(MANY):
            type_keys(ada, "Tab")
            reached.add(ada.page.evaluate("reach.focus().name"))
        within_a_line = {"Copy message", "https://garden.example/plan"}  # there once the line has the focus
        assert wanted - within_a_line <= reached, f"never reached: {wanted - reached}"


def test_a_tile_that_disappears_moves_the_focus_to_another(people: People, room: Room):
    ada, grace = two(people, room)
    ada.tile(grace).focus()
    grace.press("Leave")
    ada.no_longer_sees(grace)
    expect(ada.tile(ada)).to_be_focused()
    ada.open_panel("Chat")
    ada.field("Message").focus()
    linus = people("Linus")
    linus.enter(room)
    ada.sees(linus)
    expect(ada.field("Message")).to_be_focused()


def test_single_key_shortcuts_can_be_switched_off(people: People, room: Room):
    ada = people("Ada")
    ada.enter(room)
    type_keys(ada, "?")
    sheet = ada.page.get_by_role("dialog", name="Keyboard shortcuts")
    choice = sheet.get_by_role("switch", name="Single-key shortcuts")
    type_keys(ada, "m")
    ada.sees_state(ada, mic="on")
    choice.focus()
    type_keys(ada, "Space")
    expect(choice).not_to_be_checked()
    expect(sheet.get_by_text("Talk while held")).to_be_hidden()
    type_keys(ada, "Escape")
    for _ in range(2):
        expect(ada.button("Mute microphone")).to_have_attribute("aria-keyshortcuts", "Control+D")
        type_keys(ada, "m", "v", "r", "c", "?", "Control+D")
        ada.sees_state(ada, mic="off", cam="on", hand=None)
        expect(sheet).to_be_hidden()
        ada.page.reload()
        ada.is_in_call()
        type_keys(ada, "Control+D")
        ada.sees_state(ada, mic="on")
