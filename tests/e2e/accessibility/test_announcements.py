from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.support.people import People
from tests.e2e.support.site_client import Room
from tests.e2e.support.stacks import one_stack


@one_stack
def test_two_people_joining_at_the_same_moment_are_both_announced(people: People, room: Room):
    ada, grace = people("Ada"), people("Grace")
    ada.enter(room)
    grace.open_room(room)
    grace.seat_others("Linus", "Mary")
    said = ada.page.get_by_role("status").filter(has_text="Linus joined").filter(has_text="Mary joined")
    expect(said).to_have_count(1)
    expect(ada.page).to_have_title(f"{room.name} · 3 people · Lanai")


@one_stack
def test_the_title_says_where_one_is_and_whether_one_is_muted(people: People, room: Room):
    ada = people("Ada")
    ada.open_room(room)
    expect(ada.page).to_have_title(f"{room.name} · Lanai")
    ada.join()
    expect(ada.page).to_have_title(f"{room.name} · only you · Lanai")
    ada.page.keyboard.press("m")
    expect(ada.page).to_have_title(f"{room.name} · only you · muted · Lanai")
    ada.press("Leave")
    expect(ada.page).to_have_title(f"Left · {room.name} · Lanai")
