"""What may stand between the green room and the call."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.e2e.conftest import Cast, one_stack
from tests.e2e.senses import everybody_meets
from tests.e2e.visitor import Room


def test_the_green_room_tells_who_is_inside(people: Cast, room: Room):
    ada, grace = people("Ada"), people("Grace")
    grace.open_room(room)
    grace.reads("Nobody is here yet")
    ada.enter(room)
    grace.reads("Ada is inside")
    ada.press("Leave")
    grace.reads("Nobody is here yet")


def test_a_taken_name_is_answered_by_a_free_one(people: Cast, room: Room):
    ada, other = people("Ada"), people("Ada")
    ada.enter(room)
    other.open_room(room)
    other.ask_to_join()
    other.reads("Someone here already uses that name.")
    other.press("Join as “Ada 2”")
    other.nickname = "Ada 2"
    other.is_inside()
    everybody_meets(ada, other)


def test_a_full_room_says_so_and_lets_in_when_somebody_leaves(people: Cast, new_room: Callable[..., Room]):
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
    everybody_meets(ada, linus)


@one_stack
def test_an_unknown_link_says_that_there_is_no_meeting(people: Cast):
    ada = people("Ada")
    ada.expects("status of 404")  # the browser notes every page that answers so
    ada.open("/r/abc-defg-hjk/")
    ada.reads_heading("There is no open meeting here")
