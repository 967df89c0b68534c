"""Networks where the direct path changes, does not exist, or is blocked."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.network.lab import Lab, Meeting, Pair

UDP = "meta l4proto udp"


def test_a_call_recovers_from_a_new_address(meeting: Meeting) -> None:
    pair = Pair.meet(meeting)
    pair.network.move()
    pair.are_as_before()


def test_two_routers_that_translate_addresses_meet_at_the_relay(meeting: Meeting, lab: Lab) -> None:
    pair = Pair.meet(meeting, lab.internet.network(nat=True), lab.internet.network(nat=True))
    assert all("relay" in used.values() for person in (pair.ada, pair.grace) for used in person.pairs())
    pair.are_as_before()


def test_a_relayed_call_survives_a_cut(meeting: Meeting, lab: Lab) -> None:
    pair = Pair.meet(meeting, lab.internet.network(nat=True), lab.internet.network(nat=True))
    pair.network.silence()
    expect(pair.grace.lost_server).to_be_visible()
    pair.network.heal()
    pair.are_as_before()


@pytest.mark.parametrize("transport", ["tcp", "tls"])
def test_without_udp_media_goes_through_the_relay_by(meeting: Meeting, lab: Lab, transport: str) -> None:
    network = lab.internet.network()
    ports = f"{{ {', '.join([str(lab.turn.tls_port), *lab.web_ports])} }}"
    only_tls = f"tcp dport != {ports} tcp sport != {ports}"
    network.filter(UDP, *([only_tls] if transport == "tls" else []))
    pair = Pair.meet(meeting, lab.internet.network(), network)
    assert pair.grace.page.evaluate("journal.relays()") == [transport]
    pair.are_as_before()
