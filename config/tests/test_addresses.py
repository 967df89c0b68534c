"""The client's address behind trusted proxies."""

from __future__ import annotations

import ipaddress

import pytest

from config.ground.addresses import client_address


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("203.0.113.5", "198.51.100.1", "203.0.113.5"),
        ("172.18.0.2", "198.51.100.1", "198.51.100.1"),
        ("172.18.0.2", "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        ("172.18.0.2", "198.51.100.1, 172.18.0.9", "198.51.100.1"),
        ("172.18.0.2", "", "172.18.0.2"),
    ],
)
def test_the_forwarded_address_is_used_only_from_trusted_proxies(settings, peer, forwarded, client):
    settings.TRUSTED_PROXIES = [ipaddress.ip_network("172.18.0.0/16")]
    assert client_address(peer, forwarded) == client


def test_the_forwarded_address_is_ignored_without_trusted_proxies(settings):
    settings.TRUSTED_PROXIES = []
    assert client_address("172.18.0.2", "198.51.100.1") == "172.18.0.2"
