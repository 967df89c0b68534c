from __future__ import annotations

from tests.e2e.support.page_scripts import RECORD_ANIMATIONS
from tests.e2e.support.people import People
from tests.e2e.support.person import Person
from tests.e2e.support.site_client import Room
from tests.e2e.support.stacks import one_stack

INSTANT = 1  # ms


@one_stack
def test_nothing_moves_with_reduced_motion(people: People, room: Room):
    calm, lively = people("Calm", RECORD_ANIMATIONS), people("Lively", RECORD_ANIMATIONS)
    calm.page.emulate_media(reduced_motion="reduce")
    for person in (calm, lively):
        person.enter(room)
    calm.press("Reactions")
    calm.page.get_by_role("menuitem", name="Heart").click()
    for person in (calm, lively):
        person.reads("❤️")
        person.press("Layout")
        person.page.get_by_role("menuitemradio", name="Grid").click()
        person.button("More").hover()
    lively.until(lambda: longest(lively) > INSTANT, "motion")
    assert longest(calm) <= INSTANT, calm.page.evaluate("motions")


def longest(person: Person) -> float:
    return max((motion["duration"] for motion in person.page.evaluate("motions")), default=0)
