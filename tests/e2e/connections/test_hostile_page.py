"""What the page of one participant cannot do to the page of another."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.support.page_scripts import FLOOD_SIGNALS, WORK_METER
from tests.e2e.support.people import People
from tests.e2e.support.person import Person
from tests.e2e.support.received_media import media_flows_between
from tests.e2e.support.site_client import Room
from tests.e2e.support.stacks import one_stack

SIGNALS = 41  # of 64 candidates each; without a bound they stopped the main thread for 4 s
LATER_ROUNDS = 5  # of five signals; without a bound five a second stalled it for 11 s
GENERATION_MAX = 96  # static/js/call/webrtc/candidate-feed.js


@one_stack
def test_a_flood_of_candidates_leaves_the_others_their_call(people: People, room: Room):
    ada, mallory, grace = people("Ada", WORK_METER), people("Mallory", FLOOD_SIGNALS), people("Grace")
    for person in (ada, mallory, grace):
        person.enter(room)
    media_flows_between(ada, mallory, grace)
    seat = mallory.seat_of(ada)
    before, usual = _candidates(ada), _measures(ada)
    mallory.page.evaluate("([seat, signals]) => flood.candidates(seat, signals)", [seat, SIGNALS])
    for _ in range(LATER_ROUNDS):
        mallory.page.evaluate("seat => flood.candidates(seat, 5)", seat)
        ada.pictures_flow_from(grace)
    ada.media_flows_from(grace)
    flooded = _measures(ada)
    added = _candidates(ada) - before
    sent = (SIGNALS + 5 * LATER_ROUNDS) * 64
    print(f"usual: {usual}; under the flood: {flooded}; {added} of {sent} candidates added")
    assert 0 < added <= GENERATION_MAX
    _connect_again(mallory, ada, grace)


def _connect_again(mallory: Person, ada: Person, grace: Person) -> None:
    """By a restart of ICE on the flooded connection, then by a reload of the page that flooded."""
    paths = {tuple(path) for path in ada.paths()}
    mallory.restart_ice()
    ada.until(lambda: len({tuple(path) for path in ada.paths()} - paths) >= 1, "path of the restarted connection")
    ada.media_flows_from(mallory, grace)
    mallory.page.reload()
    mallory.is_in_call()
    expect(ada.tile(mallory)).to_have_attribute("data-pair", "connected")
    media_flows_between(ada, mallory, grace)


def _candidates(person: Person) -> int:
    return int(person.page.evaluate("work.calls.addIceCandidate"))


def _measures(person: Person) -> str:
    longest, heap = person.page.evaluate("[work.longestTask(), work.heapMegabytes()]")
    return f"longest task {longest:.0f} ms, heap {heap:.0f} MB"
