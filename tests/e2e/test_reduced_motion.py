from __future__ import annotations

from pathlib import Path

from tests.e2e.conftest import Cast, one_stack
from tests.e2e.people import Person
from tests.e2e.visitor import Room

MOTIONS = Path(__file__).with_name("motions.js")
INSTANT = 1  # ms


@one_stack
def test_nothing_moves_for_who_asked_for_less_motion(people: Cast, room: Room):
    calm, lively = people("Calm", MOTIONS), people("Lively", MOTIONS)
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
