"""Networks where the direct way changes, does not exist, or is closed."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.network.venue import Party, Two, Venue

UDP = "meta l4proto udp"


def test_a_new_address_in_the_middle_of_a_call(party: Party) -> None:
    two = Two.meet(party)
    two.network.move()
    two.are_as_before()


def test_two_routers_that_translate_addresses_meet_at_the_relay(party: Party, venue: Venue) -> None:
    two = Two.meet(party, venue.world.network(nat=True), venue.world.network(nat=True))
    assert all("relay" in used.values() for person in (two.ada, two.grace) for used in person.pairs())
    two.are_as_before()


def test_a_relayed_call_survives_a_cut(party: Party, venue: Venue) -> None:
    two = Two.meet(party, venue.world.network(nat=True), venue.world.network(nat=True))
    two.network.silence()
    expect(two.grace.lost_server).to_be_visible()
    two.network.heal()
    two.are_as_before()


@pytest.mark.parametrize("transport", ["tcp", "tls"])
def test_without_udp_media_goes_through_the_relay_by(party: Party, venue: Venue, transport: str) -> None:
    network = venue.world.network()
    ports = f"{{ {', '.join([str(venue.turn.tls_port), *venue.web_ports])} }}"
    only_tls = f"tcp dport != {ports} tcp sport != {ports}"
    network.filter(UDP, *([only_tls] if transport == "tls" else []))
    two = Two.meet(party, venue.world.network(), network)
    assert two.grace.page.evaluate("journal.relays()") == [transport]
    two.are_as_before()
