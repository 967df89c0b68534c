"""A call between Chromium and Firefox survives reloads, a server crash and a change of network path."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.support.person import Person
from tests.e2e.support.received_media import media_flows_between
from tests.e2e.support.stacks import one_stack
from tests.stack import Stack

pytestmark = one_stack

# Ten pictures come each second; a busy machine may hold back some.
UNBROKEN_SECONDS = 1.0


def test_either_side_can_move_to_another_network_path_and_keeps_its_seat_over_a_reload(mixed: tuple[Person, Person]):
    charlotte, faye = mixed
    _restarts_ice(charlotte, faye)
    _restarts_ice(faye, charlotte)
    for actor, other in (mixed, reversed(mixed)):
        seat = actor.seat
        actor.page.reload()
        actor.is_in_call()
        actor.sees(other)
        other.sees(actor)
        assert actor.seat == other.seat_of(actor) == seat
        media_flows_between(*mixed)


def test_a_call_goes_on_while_the_server_is_killed_and_started_again(mixed: tuple[Person, Person], stack: Stack):
    seats = [person.seat for person in mixed]
    for person in mixed:
        person.expects_lost_server()
        person.watch_pictures()
    for process in stack.processes:
        process.kill()
    for person in mixed:
        expect(person.lost_server).to_be_visible()
    media_flows_between(*mixed)
    for process in stack.processes:
        process.start()
    for person in mixed:
        expect(person.lost_server).to_be_hidden()
    for actor, other in (mixed, reversed(mixed)):
        actor.press("Mute microphone")  # speaking would lower the hand
        actor.press("Raise hand")
        other.sees_state(actor, hand="")
        actor.press("Unmute microphone")
        assert other.longest_gap(actor) < UNBROKEN_SECONDS
    assert [person.seat for person in mixed] == seats
    media_flows_between(*mixed)


def _restarts_ice(actor: Person, other: Person) -> None:
    before = _names(actor) | _names(other)
    actor.restart_ice()
    for person in (actor, other):
        _moves_from(before, person)
    media_flows_between(actor, other)


def _moves_from(before: set[str], person: Person) -> None:
    person.until(lambda: not _names(person) & before, "other path")


def _names(person: Person) -> set[str]:
    return {name for path in person.paths() for name in path}
