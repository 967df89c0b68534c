from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.support.people import People
from tests.e2e.support.site_client import Room, SiteClient
from tests.e2e.support.stacks import across_processes


@across_processes
def test_my_rooms_show_live_who_is_inside(people: People, owner: SiteClient, room: Room):
    olive, ada, grace = people("Olive", account=owner), people("Ada"), people("Grace")
    olive.open("/rooms/")
    row = olive.page.get_by_role("listitem").filter(has_text=room.name)
    expect(row).to_contain_text("Nobody inside")
    ada.enter(room)
    expect(row).to_contain_text("Inside: Ada")
    grace.enter(room)
    expect(row).to_contain_text("Inside: Ada, Grace")
    ada.press("Leave")
    grace.press("Leave")
    expect(row).to_contain_text("Nobody inside")
