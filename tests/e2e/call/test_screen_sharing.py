from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.e2e.support.browsers import ALLOW_DEVICES, FAKE_DEVICES
from tests.e2e.support.people import People
from tests.e2e.support.person import Person
from tests.e2e.support.received_media import media_flows_between
from tests.e2e.support.site_client import Room
from tests.e2e.support.stacks import across_processes, one_stack


@across_processes
def test_a_shared_screen_is_seen_beside_the_camera_until_it_is_stopped(people: People, room: Room):
    ada, grace = people("Ada"), people("Grace")
    ada.enter(room)
    grace.enter(room)
    media_flows_between(ada, grace)
    ada.press("Share screen")
    seat = grace.seat_of(ada)
    grace.screen_flows_from(seat)
    screen = grace.page.locator(f'[data-screen-of="{seat}"]')
    expect(grace.page.locator(f'[data-stage] [data-screen-of="{seat}"]')).to_be_visible()
    grace.media_flows_from(ada)
    ada.press("Stop sharing")
    expect(screen).to_have_count(0)
    expect(ada.button("Share screen")).to_be_visible()
    media_flows_between(ada, grace)


@across_processes
def test_a_latecomer_sees_the_shared_screen(people: People, room: Room):
    ada, grace = people("Ada"), people("Grace")
    ada.enter(room)
    ada.press("Share screen")
    expect(ada.button("Stop sharing")).to_be_visible()
    grace.enter(room)
    grace.sees(ada)
    grace.screen_flows_from(grace.seat_of(ada))


@one_stack
def test_a_reload_ends_the_sharing(people: People, room: Room):
    ada, grace = people("Ada"), people("Grace")
    ada.enter(room)
    grace.enter(room)
    ada.press("Share screen")
    grace.sees(ada)
    grace.screen_flows_from(grace.seat_of(ada))
    ada.page.reload()
    ada.is_in_call()
    expect(grace.page.locator("[data-screen-of]")).to_have_count(0)
    media_flows_between(ada, grace)


def screen_of(viewer: Person, sharer: Person) -> Locator:
    return viewer.page.locator(f'[data-screen-of="{viewer.seat_of(sharer)}"]')


def on_stage(viewer: Person, sharer: Person) -> Locator:
    return viewer.page.locator("[data-stage]").filter(has=screen_of(viewer, sharer))


@one_stack
def test_of_two_shared_screens_everybody_chooses_which_is_large(people: People, room: Room):
    ada, grace, linus = people("Ada"), people("Grace"), people("Linus")
    for person in (ada, grace, linus):
        person.enter(room, camera=False)
    linus.sees(ada, grace)
    ada.press("Share screen")
    expect(on_stage(linus, ada)).to_be_visible()
    linus.reads("Ada is sharing a screen")
    grace.press("Share screen")
    linus.reads("Grace is sharing a screen too")
    expect(on_stage(linus, ada)).to_be_visible()
    screen_of(linus, grace).click()
    expect(on_stage(linus, grace)).to_be_visible()
    linus.screen_flows_from(linus.seat_of(ada))
    linus.screen_flows_from(linus.seat_of(grace))
    grace.press("Stop sharing")
    expect(on_stage(linus, ada)).to_be_visible()


@one_stack
def test_the_sharer_is_told_and_does_not_see_the_own_screen(people: People, room: Room):
    ada, grace = people("Ada"), people("Grace")
    ada.enter(room)
    grace.enter(room)
    ada.press("Share screen")
    ada.reads("Everybody sees your screen")
    grace.sees(ada)
    grace.screen_flows_from(grace.seat_of(ada))
    assert screen_of(ada, ada).locator("video").evaluate("video => video.srcObject?.getTracks().length ?? 0") == 0


@one_stack
def test_another_tab_that_is_shared_is_shown_to_the_sharer_too(people: People, room: Room):
    tabs = "--use-fake-device-for-media-stream=fps=10,display-media-type=browser"
    ada = people("Ada", browser=people.own_browser(tabs, ALLOW_DEVICES))
    ada.enter(room)
    ada.press("Share screen")
    ada.until(
        lambda: screen_of(ada, ada).locator("video").evaluate("video => video.videoWidth > 0"), "picture of the own tab"
    )


@one_stack
def test_a_share_that_the_browser_ends_is_over_for_everybody(people: People, room: Room):
    picks = "--auto-select-tab-capture-source-by-title=A page to show"
    ada, grace = people("Ada", browser=people.own_browser(FAKE_DEVICES, picks)), people("Grace")
    ada.context.grant_permissions(["camera", "microphone"])
    shown = ada.context.new_page()
    shown.set_content("<title>A page to show</title><h1>Shown</h1>")
    ada.page.bring_to_front()
    ada.enter(room)
    grace.enter(room)
    grace.sees(ada)
    ada.press("Share screen")
    expect(screen_of(grace, ada)).to_be_visible()
    # As with the button of the browser's own bar, which no test can press, the page learns only that the track ended.
    shown.close()
    expect(ada.button("Share screen")).to_be_visible()
    ada.reads("You stopped sharing")
    expect(screen_of(grace, ada)).to_have_count(0)


SENT_SCREEN = """async () => {
    const sender = probe.screenSenders().find((sender) => sender?.track);
    if (sender === undefined) return null;
    const { encodings, degradationPreference } = sender.getParameters();
    return { hint: sender.track.contentHint, rate: encodings[0].maxFramerate, degradationPreference };
}"""


@one_stack
def test_a_screen_is_sent_for_detail_or_for_motion_as_chosen_or_detected(people: People, room: Room):
    ada, grace = people("Ada"), people("Grace")
    ada.enter(room)
    grace.enter(room)
    media_flows_between(ada, grace)
    sharp = {"hint": "detail", "rate": 15, "degradationPreference": "maintain-resolution"}
    film = {"hint": "motion", "rate": 30, "degradationPreference": "maintain-framerate"}
    ada.press("Share screen")
    ada.until(
        lambda: ada.page.evaluate(SENT_SCREEN) == sharp, lambda: f"sharp screen but {ada.page.evaluate(SENT_SCREEN)}"
    )
    ada.until(lambda: ada.page.evaluate(SENT_SCREEN) == film, "film: the fake screen moves all the time")
    screen_of(ada, ada).click(button="right")
    ada.page.get_by_role("radio", name="Text or pictures: sharp").check()
    ada.until(lambda: ada.page.evaluate(SENT_SCREEN) == sharp, "a sharp screen")
    grace.screen_flows_from(grace.seat_of(ada))
    ada.page.keyboard.press("Escape")
    ada.page.reload()
    ada.is_in_call()
    ada.press("Share screen")
    screen_of(ada, ada).click(button="right")
    expect(ada.page.get_by_role("radio", name="Text or pictures: sharp")).to_be_checked()
