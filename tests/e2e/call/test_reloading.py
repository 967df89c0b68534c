from __future__ import annotations

from tests.e2e.support.people import People
from tests.e2e.support.received_media import media_flows_between
from tests.e2e.support.site_client import Room
from tests.e2e.support.stacks import across_processes, one_stack


@across_processes
def test_a_reload_keeps_the_seat(people: People, room: Room):
    ada, grace = people("Ada"), people("Grace")
    ada.enter(room)
    grace.enter(room)
    media_flows_between(ada, grace)
    grace.press("Mute microphone")  # or speaking would lower the hand
    grace.press("Raise hand")
    ada.sees_state(grace, hand="")
    seat = grace.seat
    grace.page.reload()
    grace.is_in_call()
    assert grace.seat == seat
    grace.sees(ada)
    ada.sees(grace)
    assert ada.seat_of(grace) == seat
    ada.sees_state(grace, hand="")
    grace.press("Unmute microphone")
    media_flows_between(ada, grace)


@one_stack
def test_a_reload_keeps_the_switches(people: People, room: Room):
    ada, grace = people("Ada"), people("Grace")
    ada.enter(room)
    grace.enter(room)
    grace.press("Mute microphone")
    grace.press("Turn off camera")
    ada.sees_state(grace, mic="off", cam="off")
    grace.page.reload()
    grace.is_in_call()
    grace.sees_state(grace, mic="off", cam="off")
    ada.sees_state(grace, mic="off", cam="off")
    grace.media_flows_from(ada)


@across_processes
def test_a_second_tab_of_the_same_person_has_a_seat_of_its_own(people: People, room: Room):
    ada, grace = people("Ada"), people("Grace")
    ada.enter(room)
    grace.enter(room)
    with grace.context.expect_page() as opened:
        grace.page.evaluate("open(location.href)")  # like a duplicated tab it begins with a copy of the tab's storage
    copy = opened.value
    copy.get_by_role("button", name="Join as").click()
    ada.until(lambda: ada.tiles.count() == 3, "third tile")
    assert ada.seat_of(grace) == grace.seat
