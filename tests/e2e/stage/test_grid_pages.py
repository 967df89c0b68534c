from __future__ import annotations

from playwright.sync_api import ViewportSize, expect

from tests.e2e.support.people import People
from tests.e2e.support.site_client import Room
from tests.e2e.support.stacks import one_stack

SMALL: ViewportSize = {"width": 320, "height": 250}


@one_stack
def test_a_grid_that_does_not_fit_has_pages_and_the_active_speaker_on_the_first(people: People, room: Room):
    ada, grace, olga = people("Ada"), people("Grace"), people("Olga")
    ada.enter(room)
    grace.enter(room)
    ada.seat_others("Linus")  # a fourth page with a camera is more than two cores can show
    olga.enter(room)
    expect(ada.tiles).to_have_count(4)
    ada.press("Mute microphone")
    olga.press("Mute microphone")
    expect(ada.on_stage(grace)).to_be_visible()  # the only one who speaks
    ada.tile(olga).click()
    expect(ada.on_stage(olga)).to_be_visible()
    ada.press("Layout")
    ada.page.get_by_role("menuitemradio", name="Grid").click()
    expect(ada.button("Next page")).to_be_hidden()
    ada.page.set_viewport_size(SMALL)
    ada.reads("Page 1 of 2")
    expect(ada.tile(grace)).to_be_visible()
    expect(ada.tile(olga)).to_be_hidden()
    expect(ada.page.locator("[data-stage]")).to_have_count(0)
    ada.tile(grace).focus()
    ada.page.keyboard.press("PageDown")
    ada.reads("Page 2 of 2")
    expect(ada.page.locator(":focus")).to_be_visible()
    expect(ada.tiles.and_(ada.page.locator(":focus"))).to_have_count(1)
    expect(ada.tile(olga)).to_be_visible()
    expect(ada.tile(grace)).to_be_hidden()
    ada.pictures_flow_from(olga)
    ada.press("Next page")
    ada.reads("Page 1 of 2")
    grace.press("Mute microphone")
    olga.press("Unmute microphone")
    expect(ada.tile(olga)).to_be_visible()
    ada.pictures_flow_from(olga)
    expect(ada.tile(ada)).to_be_hidden()
    ada.page.set_viewport_size({"width": 1000, "height": 700})
    expect(ada.button("Next page")).to_be_hidden()
    expect(ada.tiles).to_have_count(4)
    for tile in ada.tiles.all():
        expect(tile).to_be_visible()
