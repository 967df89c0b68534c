"""Push-to-talk: holding Space opens the microphone, and every way of letting go closes it."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.support.people import People
from tests.e2e.support.person import Person
from tests.e2e.support.received_media import media_flows_between
from tests.e2e.support.site_client import Room
from tests.e2e.support.stacks import one_stack

pytestmark = one_stack
NOTE = "You are heard while you hold Space"


def muted(people: People, room: Room) -> tuple[Person, Person]:
    ada, grace = people("Ada"), people("Grace")
    ada.enter(room)
    grace.enter(room)
    media_flows_between(ada, grace)
    ada.page.keyboard.press("m")
    grace.sees_state(ada, mic="off")
    return ada, grace


def hold(ada: Person, grace: Person) -> None:
    ada.page.keyboard.down("Space")
    grace.sees_state(ada, mic="on")
    ada.reads(NOTE)


def is_muted_again(ada: Person, grace: Person) -> None:
    grace.sees_state(ada, mic="off")
    expect(ada.page.get_by_text(NOTE, exact=True)).to_be_hidden()
    expect(ada.button("Unmute microphone")).to_be_visible()


def test_one_is_heard_while_space_is_held_and_muted_again_after(people: People, room: Room):
    ada, grace = muted(people, room)
    hold(ada, grace)
    expect(ada.page.get_by_role("status").get_by_text("Microphone on while you hold Space")).to_have_count(1)
    grace.sound_flows_from(ada)
    ada.page.keyboard.down("Space")  # keys repeat while they are held
    ada.page.keyboard.press("v")  # the camera's key leaves the microphone to Space
    grace.sees_state(ada, cam="off", mic="on")
    ada.page.keyboard.up("Space")
    is_muted_again(ada, grace)
    grace.silence_comes_from(ada)


# Looking elsewhere, another tab, a microphone that is unplugged.
ENDS = (
    "dispatchEvent(new Event('blur'))",
    "document.dispatchEvent(new Event('visibilitychange'))",
    "probe.lose('audio')",
)


def test_losing_focus_tab_microphone_or_page_closes_the_microphone(people: People, room: Room):
    ada, grace = muted(people, room)
    for number, event in enumerate(ENDS):
        hold(ada, grace)
        ada.page.evaluate(event)
        is_muted_again(ada, grace)
        ada.page.keyboard.down("Space")  # still held: it repeats
        ada.page.keyboard.press("v")
        grace.sees_state(ada, cam="on" if number % 2 else "off", mic="off")
        ada.page.keyboard.up("Space")
        is_muted_again(ada, grace)
    hold(ada, grace)
    ada.page.reload()
    ada.is_in_call()
    ada.page.keyboard.up("Space")
    grace.sees_state(ada, mic="off")


def test_space_keeps_its_meaning_in_a_message_a_button_a_dialog_and_a_menu(people: People, room: Room):
    ada = people("Ada")
    ada.enter(room)
    ada.page.keyboard.press("m")
    ada.sees_state(ada, mic="off")

    ada.open_panel("Chat")
    ada.field("Message").focus()
    space_does_not_talk(ada)
    ada.page.keyboard.press("Escape")

    ada.page.keyboard.press("?")
    ada.page.get_by_role("heading", name="Keyboard shortcuts").click()
    space_does_not_talk(ada)
    ada.page.keyboard.press("Escape")

    ada.press("Reactions")
    space_does_not_talk(ada)
    ada.page.keyboard.press("Escape")

    ada.button("Raise hand").focus()
    space_does_not_talk(ada, hand="")


def space_does_not_talk(ada: Person, hand: str | None = None) -> None:
    ada.page.keyboard.press("Space")
    expect(ada.page.get_by_text(NOTE, exact=True)).to_be_hidden()
    ada.sees_state(ada, mic="off", hand=hand)
