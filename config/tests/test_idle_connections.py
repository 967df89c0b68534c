"""Too many connections that wait for a request: which of them is ended."""

from __future__ import annotations

import ipaddress

import pytest

from config.serving.idle_connections import IdleConnections


class Ended(list[str]):
    def add_to(self, idle: IdleConnections, name: str, address: str) -> None:
        idle.add(name, address, lambda: self.append(name))


@pytest.fixture
def ended() -> Ended:
    return Ended()


def test_the_oldest_connection_of_the_same_address_is_ended(ended):
    idle = IdleConnections(per_address=2, total=100)
    for name, address in (("a", "192.0.2.1"), ("b", "192.0.2.2"), ("c", "192.0.2.1"), ("d", "192.0.2.1")):
        ended.add_to(idle, name, address)
    assert ended == ["a"]


def test_a_connection_that_sent_a_request_counts_again_as_the_newest_once_it_waits(ended):
    idle = IdleConnections(per_address=2, total=100)
    ended.add_to(idle, "a", "192.0.2.1")
    ended.add_to(idle, "b", "192.0.2.1")
    idle.discard("a")
    idle.discard("never")
    ended.add_to(idle, "a", "192.0.2.1")
    ended.add_to(idle, "c", "192.0.2.1")
    assert ended == ["b"]


def test_addresses_of_one_ipv6_network_count_together(ended):
    idle = IdleConnections(per_address=2, total=100)
    for number in range(3):
        ended.add_to(idle, str(number), f"2001:db8::{number}")
    assert ended == ["0"]


def test_a_proxy_is_limited_by_the_total_only(ended, settings):
    settings.TRUSTED_PROXIES = [ipaddress.ip_network("10.0.0.0/8")]
    idle = IdleConnections(per_address=2, total=5)
    for number in range(5):
        ended.add_to(idle, str(number), "10.0.0.1")
    assert ended == []
    ended.add_to(idle, "new", "192.0.2.1")
    assert ended == ["0"]
