from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from tests.e2e.support.browsers import ALLOW_DEVICES, FAKE_DEVICES, without
from tests.e2e.support.people import People
from tests.e2e.support.person import Person
from tests.e2e.support.received_media import media_flows_between
from tests.e2e.support.site_client import Room
from tests.e2e.support.stacks import one_stack

pytestmark = one_stack
PICTURES = "video => new Promise((seen) => video.requestVideoFrameCallback(() => seen(video.videoWidth > 0)))"


def two(people: People, room: Room) -> tuple[Person, Person]:
    ada, grace = people("Ada"), people("Grace")
    ada.enter(room)
    grace.enter(room)
    media_flows_between(ada, grace)
    return ada, grace


def small_window(person: Person) -> Page:
    person.press("More")
    with person.context.expect_page() as opened:
        person.page.get_by_role("menuitem", name="Small window").click()
    return opened.value


def test_the_small_window_shows_the_speaker_and_has_the_controls_while_sharing(people: People, room: Room):
    ada, grace = two(people, room)
    ada.press("Share screen")
    small = small_window(ada)
    tile = small.locator('[data-nickname="Grace"]')
    expect(tile).to_be_visible()
    assert tile.locator("video").evaluate(PICTURES)
    expect(small.locator(".mini")).to_have_css("display", "flex")
    assert small.locator("[style]:not(.slot):not(.menu), style, script").count() == 0
    grace.press("Mute microphone")  # or speaking would lower the hand
    grace.press("Raise hand")
    expect(small.get_by_role("status")).to_contain_text("Grace")
    small.get_by_role("button", name="Mute microphone").click()
    grace.sees_state(ada, mic="off")
    small.keyboard.press("m")
    grace.sees_state(ada, mic="on")
    small.get_by_role("button", name="Turn off camera").click()
    grace.sees_state(ada, cam="off")
    small.get_by_role("button", name="Stop sharing").click()
    expect(grace.page.locator("[data-screen-of]")).to_have_count(0)
    expect(small.get_by_role("button", name="Stop sharing")).to_be_hidden()


def test_closing_the_window_keeps_the_call_and_leaving_the_call_closes_the_window(people: People, room: Room):
    ada, grace = two(people, room)
    small = small_window(ada)
    ada.press("More")
    ada.page.get_by_role("menuitem", name="Close small window").click()
    ada.until(small.is_closed, "end of the small window")
    ada.sees(grace)
    ada.media_flows_from(grace)
    small = small_window(ada)
    expect(small.locator('[data-nickname="Grace"]')).to_be_visible()
    small.get_by_role("button", name="Leave").click()
    ada.reads_heading("You left the meeting")
    ada.until(small.is_closed, "end of the small window")
    grace.no_longer_sees(ada)


def test_firefox_has_a_small_window_too(people: People, room: Room, firefox: Browser):
    faye, grace = people("Faye", browser=firefox), people("Grace")
    faye.enter(room)
    grace.enter(room)
    media_flows_between(faye, grace)
    small = small_window(faye)
    tile = small.locator('[data-nickname="Grace"]')
    expect(tile).to_be_visible()
    faye.until(lambda: tile.locator("video").evaluate("video => video.videoWidth > 0"), "picture in the small window")
    small.get_by_role("button", name="Mute microphone").click()
    grace.sees_state(faye, mic="off")
    grace.press("Mute microphone")  # or speaking would lower the hand
    grace.press("Raise hand")
    expect(small.get_by_role("status")).to_contain_text("Grace")


def test_a_browser_without_small_windows_offers_none(people: People, room: Room):
    plain = people.own_browser(FAKE_DEVICES, ALLOW_DEVICES, without("DocumentPictureInPictureAPI"))
    ada = people("Ada", browser=plain)
    ada.enter(room)
    ada.press("More")
    expect(ada.page.get_by_role("menuitem", name="Keyboard shortcuts")).to_be_visible()
    expect(ada.page.get_by_role("menuitem", name="Small window")).to_be_hidden()


def test_f_fills_the_screen_and_the_menu_says_so(people: People, room: Room):
    ada = people("Ada")
    ada.enter(room)
    ada.page.keyboard.press("f")
    ada.until(lambda: ada.page.evaluate("document.fullscreenElement !== null"), "full screen")
    ada.press("More")
    ada.page.get_by_role("menuitem", name="Leave full screen").click()
    ada.until(lambda: ada.page.evaluate("document.fullscreenElement === null"), "end of full screen")
    ada.write("f")
    assert ada.page.evaluate("document.fullscreenElement === null")
