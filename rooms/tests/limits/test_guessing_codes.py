"""The limit on unknown room codes counts per IPv4 address and per IPv6 network."""

from __future__ import annotations

import pytest

from rooms.rules import access


@pytest.fixture(autouse=True)
def fresh_throttle():
    access._unknown_codes.forget_local()
    yield
    access._unknown_codes.forget_local()


@pytest.mark.parametrize(
    ("address", "same", "other"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1"),
        ("192.0.2.1", "192.0.2.1", "192.0.2.2"),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.1", "::ffff:192.0.2.2"),
        ("", "", "192.0.2.2"),
    ],
)
def test_guesses_are_limited_per_ipv4_address_and_per_ipv6_network(address, same, other):
    for _ in range(access._unknown_codes.rate.amount):
        assert access.note_unknown(address)
    assert not access.note_unknown(same)
    assert access.note_unknown(other)
