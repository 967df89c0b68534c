from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.conftest import Cast, one_stack
from tests.e2e.senses import everybody_meets
from tests.e2e.visitor import Room


def test_a_shared_screen_is_seen_beside_the_camera_until_it_is_stopped(people: Cast, room: Room):
    ada, grace = people("Ada"), people("Grace")
    ada.enter(room)
    grace.enter(room)
    everybody_meets(ada, grace)
    ada.press("Share screen")
    seat = grace.seat_of(ada)
    grace.screen_flows_from(seat)
    screen = grace.page.locator(f'[data-screen-of="{seat}"]')
    expect(grace.page.locator(f'[data-stage] [data-screen-of="{seat}"]')).to_be_visible()
    grace.media_flows_from(ada)
    ada.press("Stop sharing")
    expect(screen).to_have_count(0)
    expect(ada.button("Share screen")).to_be_visible()
    everybody_meets(ada, grace)


def test_who_comes_late_sees_the_shared_screen(people: Cast, room: Room):
    ada, grace = people("Ada"), people("Grace")
    ada.enter(room)
    ada.press("Share screen")
    expect(ada.button("Stop sharing")).to_be_visible()
    grace.enter(room)
    grace.sees(ada)
    grace.screen_flows_from(grace.seat_of(ada))


@one_stack
def test_a_reload_ends_the_sharing(people: Cast, room: Room):
    ada, grace = people("Ada"), people("Grace")
    ada.enter(room)
    grace.enter(room)
    ada.press("Share screen")
    grace.sees(ada)
    grace.screen_flows_from(grace.seat_of(ada))
    ada.page.reload()
    ada.is_inside()
    expect(grace.page.locator("[data-screen-of]")).to_have_count(0)
    everybody_meets(ada, grace)
