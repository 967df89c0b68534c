from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.support.people import People
from tests.e2e.support.person import Person
from tests.e2e.support.site_client import Room, SiteClient
from tests.e2e.support.stacks import across_processes, one_stack


def call(people: People, owner: SiteClient, room: Room) -> tuple[Person, Person, Person]:
    """Grace does not speak, Linus does: without a spotlight he is large."""
    olive, grace, linus = people("Olive", account=owner), people("Grace"), people("Linus")
    for person in (olive, grace, linus):
        person.enter(room, camera=False)
    olive.sees(grace, linus)
    grace.press("Mute microphone")
    expect(olive.on_stage(linus)).to_be_visible()
    return olive, grace, linus


def choose(person: Person, other: Person, act: str) -> None:
    person.tile(other).hover()
    person.press(f"Options for {other.nickname}")
    person.page.get_by_role("dialog", name=other.nickname).get_by_role("button", name=act).click()


@across_processes
def test_the_host_shows_a_person_to_everybody_until_it_ends(people: People, owner: SiteClient, room: Room):
    olive, grace, linus = call(people, owner, room)
    choose(olive, grace, "Spotlight for everybody")
    for person in (olive, linus):
        expect(person.on_stage(grace)).to_be_visible()
        person.reads("Grace is in the spotlight")
    grace.reads("You are in the spotlight")
    expect(linus.button("End spotlight")).to_be_hidden()
    late = people("Late")
    late.enter(room, camera=False)
    expect(late.on_stage(grace)).to_be_visible()
    linus.page.reload()
    linus.is_in_call()
    expect(linus.on_stage(grace)).to_be_visible()
    olive.press("End spotlight")
    expect(olive.on_stage(grace)).to_have_count(0)
    linus.page.get_by_text("Grace is in the spotlight").first.wait_for(state="hidden")


@one_stack
def test_only_the_host_is_offered_a_spotlight_and_a_pin_or_a_shared_screen_overrides_it(
    people: People, owner: SiteClient, room: Room
):
    olive, grace, linus = call(people, owner, room)
    linus.tile(grace).hover()
    linus.press("Options for Grace")
    expect(linus.page.get_by_role("dialog", name="Grace")).to_be_visible()
    expect(linus.page.get_by_role("button", name="Spotlight for everybody")).to_be_hidden()
    expect(linus.page.get_by_role("button", name="Remove from meeting")).to_be_hidden()
    linus.page.keyboard.press("Escape")

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
