from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.conftest import Cast, one_stack
from tests.e2e.people import Person
from tests.e2e.visitor import Room, Visitor


def call(people: Cast, owner: Visitor, room: Room) -> tuple[Person, Person, Person]:
    """Grace does not speak, Linus does: without a spotlight he is large."""
    olive, grace, linus = people("Olive", account=owner), people("Grace"), people("Linus")
    for person in (olive, grace, linus):
        person.enter(room)
    olive.sees(grace, linus)
    grace.press("Mute microphone")
    expect(olive.on_stage(linus)).to_be_visible()
    return olive, grace, linus


def choose(person: Person, other: Person, act: str) -> None:
    person.tile(other).hover()
    person.press(f"Options for {other.nickname}")
    person.page.get_by_role("dialog", name=other.nickname).get_by_role("button", name=act).click()


def test_the_host_shows_a_person_to_everybody_until_it_ends(people: Cast, owner: Visitor, room: Room):
    olive, grace, linus = call(people, owner, room)
    choose(olive, grace, "Spotlight for everybody")
    for person in (olive, linus):
        expect(person.on_stage(grace)).to_be_visible()
        person.reads("Grace is in the spotlight")
    grace.reads("You are in the spotlight")
    expect(linus.button("End spotlight")).to_be_hidden()
    late = people("Late")
    late.enter(room)
    expect(late.on_stage(grace)).to_be_visible()
    linus.page.reload()
    linus.is_inside()
    expect(linus.on_stage(grace)).to_be_visible()
    olive.press("End spotlight")
    expect(olive.on_stage(grace)).to_have_count(0)
    linus.page.get_by_text("Grace is in the spotlight").first.wait_for(state="hidden")


@one_stack
def test_my_own_choice_beats_the_spotlight_and_a_shared_screen_does(people: Cast, owner: Visitor, room: Room):
    olive, grace, linus = call(people, owner, room)
    choose(olive, grace, "Spotlight for everybody")
    expect(linus.on_stage(grace)).to_be_visible()
    linus.tile(olive).click()
    expect(linus.on_stage(olive)).to_be_visible()
    linus.press("Back to automatic")
    expect(linus.on_stage(grace)).to_be_visible()
    olive.press("Share screen")
    expect(linus.page.locator(f'[data-stage] [data-screen-of="{linus.seat_of(olive)}"]')).to_be_visible()
    olive.press("Stop sharing")
    expect(linus.on_stage(grace)).to_be_visible()


@one_stack
def test_only_the_host_is_offered_a_spotlight(people: Cast, owner: Visitor, room: Room):
    _, grace, linus = call(people, owner, room)
    linus.tile(grace).hover()
    linus.press("Options for Grace")
    expect(linus.page.get_by_role("dialog", name="Grace")).to_be_visible()
    expect(linus.page.get_by_role("button", name="Spotlight for everybody")).to_be_hidden()
    expect(linus.page.get_by_role("button", name="Remove from meeting")).to_be_hidden()
