from __future__ import annotations

from playwright.sync_api import Browser, Locator, expect

from tests.e2e.support.page_scripts import AUDIO_ELEMENTS
from tests.e2e.support.people import People
from tests.e2e.support.person import Person
from tests.e2e.support.received_media import media_flows_between
from tests.e2e.support.site_client import Room
from tests.e2e.support.stacks import one_stack

pytestmark = one_stack


def two(people: People, room: Room) -> tuple[Person, Person]:
    ada, grace = people("Ada", AUDIO_ELEMENTS), people("Grace")
    ada.enter(room)
    grace.enter(room)
    media_flows_between(ada, grace)
    return ada, grace


def loudness(person: Person, other: Person) -> float | None:
    heard: float | None = person.tile(other).evaluate("tile => loudnessOf(tile)")
    return heard


def menu_of(person: Person, other: Person) -> Locator:
    return person.page.get_by_role("dialog", name=other.nickname, exact=True)


def test_the_volume_of_a_person_is_set_by_keyboard_kept_over_a_reload_and_marked_at_zero(people: People, room: Room):
    ada, grace = two(people, room)
    assert loudness(ada, grace) == 1
    ada.tile(grace).focus()
    ada.page.keyboard.press("Tab")
    expect(ada.button("Options for Grace")).to_be_focused()
    ada.page.keyboard.press("Enter")
    slider = menu_of(ada, grace).get_by_role("slider", name="Volume for me")
    slider.focus()
    ada.page.keyboard.press("Home")
    ada.until(lambda: loudness(ada, grace) == 0, "silence")
    for _ in range(4):
        ada.page.keyboard.press("ArrowRight")
    ada.until(lambda: loudness(ada, grace) == 0.2, "a fifth of the volume")
    ada.page.keyboard.press("Escape")
    expect(ada.button("Options for Grace")).to_be_focused()
    ada.page.reload()
    ada.is_in_call()
    ada.sees(grace)
    ada.until(lambda: loudness(ada, grace) == 0.2, "the volume as it was")
    ada.tile(grace).click(button="right")
    expect(menu_of(ada, grace).get_by_role("slider")).to_have_value("20")
    menu_of(ada, grace).get_by_role("slider").fill("0")
    ada.page.keyboard.press("Escape")
    expect(ada.page.get_by_role("button", name="Grace, silent for you")).to_be_visible()
    assert loudness(ada, grace) == 0


def test_the_menu_pins_by_its_first_line_only_and_the_pin_outlives_a_reload(people: People, room: Room):
    ada, grace = two(people, room)
    ada.tile(grace).hover()
    ada.press("Options for Grace")
    expect(ada.tile(grace)).to_have_attribute("aria-pressed", "false")
    menu_of(ada, grace).get_by_role("button", name="Show large for me").click()
    expect(ada.tile(grace)).to_have_attribute("aria-pressed", "true")
    expect(menu_of(ada, grace)).to_be_hidden()
    ada.press("Back to automatic")
    ada.tile(grace).click()
    expect(ada.tile(grace)).to_have_attribute("aria-pressed", "true")

    ada.press("Back to automatic")
    ada.press("Layout")
    ada.page.get_by_role("menuitemradio", name="Grid").click()
    ada.tile(grace).click()
    expect(ada.on_stage(grace)).to_be_visible()
    ada.page.reload()
    ada.is_in_call()
    expect(ada.on_stage(grace)).to_be_visible()
    ada.press("Back to grid")
    expect(ada.page.locator("[data-stage]")).to_have_count(0)
    ada.press("Layout")
    expect(ada.page.get_by_role("menuitemradio", name="Grid")).to_have_attribute("aria-checked", "true")


def test_firefox_turns_a_person_down_too(people: People, room: Room, firefox: Browser):
    faye, grace = people("Faye", AUDIO_ELEMENTS, browser=firefox), people("Grace")
    faye.enter(room)
    grace.enter(room)
    media_flows_between(faye, grace)
    faye.tile(grace).hover()
    faye.press("Options for Grace")
    menu_of(faye, grace).get_by_role("slider").fill("35")
    faye.until(lambda: loudness(faye, grace) == 0.35, "a third of the volume")
    faye.sees_state(grace, quality="good")
