"""From the green room into the call: taken names, full rooms, unknown links."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.e2e.support.people import People
from tests.e2e.support.received_media import media_flows_between
from tests.e2e.support.site_client import Room
from tests.e2e.support.stacks import across_processes, one_stack


@across_processes
def test_the_green_room_tells_who_is_inside(people: People, room: Room):
    ada, grace = people("Ada"), people("Grace")
    grace.open_room(room)
    grace.reads("Nobody is here yet")
    ada.enter(room)
    grace.reads("Ada is inside")
    ada.press("Leave")
    grace.reads("Nobody is here yet")


@across_processes
def test_a_taken_name_is_answered_with_a_free_one(people: People, room: Room):
    ada, other = people("Ada"), people("Ada")
    ada.enter(room)
    other.open_room(room)
    other.ask_to_join()
    other.reads("Someone here already uses that name.")
    other.press("Join as “Ada 2”")
    other.nickname = "Ada 2"
    other.is_in_call()
    media_flows_between(ada, other)


@across_processes
def test_a_full_room_says_so_and_lets_in_when_somebody_leaves(people: People, new_room: Callable[..., Room]):
    room = new_room(capacity=2)
    ada, grace, linus = people("Ada"), people("Grace"), people("Linus")
    ada.enter(room)
    grace.enter(room)
    linus.open_room(room)
    linus.reads("This meeting is full (2 people)")
    linus.ask_to_join()
    expect(linus.page.get_by_role("alert").filter(has_text="This meeting is full (2 people).")).to_be_visible()
    ada.sees(grace)
    grace.press("Leave")
    linus.reads("Ada is inside")
    linus.join()
    media_flows_between(ada, linus)


@one_stack
def test_an_unknown_link_says_that_there_is_no_meeting(people: People):
    ada = people("Ada")
    ada.expects_error("status of 404")  # the browser notes every page that answers so
    ada.open("/r/abc-defg-hjk/")
    ada.reads_heading("There is no open meeting here")
