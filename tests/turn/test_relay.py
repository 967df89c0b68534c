"""The TURN relay that deploy/ starts: who can use it, and which peers it never relays to."""

from __future__ import annotations

import ipaddress
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from rooms.media.ice import ice_servers
from rooms.models import Seat
from tests.machine import ROOT
from tests.services import Coturn
from tests.turn.client import IPV6, SOFTWARE, TCP, TurnClient, relayed_address

FORBIDDEN, WRONG_FAMILY = 403, 443
SCRIPT = ROOT / "deploy" / "coturn.sh"

DENIED_PEERS = {
    "this network": "0.0.0.1",
    "private 10/8": "10.1.2.3",
    "carrier-grade NAT": "100.64.0.1",
    "loopback": "127.0.0.1",
    "loopback, another": "127.8.8.8",
    "link-local": "169.254.10.10",
    "cloud metadata": "169.254.169.254",
    "private 172.16/12, first": "172.16.0.1",
    "private 172.16/12, last": "172.31.255.254",
    "private 192.168/16": "192.168.1.1",
    "protocol assignments": "192.0.0.8",
    "documentation": "203.0.113.9",
    "benchmarks": "198.19.0.1",
    "multicast": "224.0.0.251",
    "multicast, administratively scoped": "239.1.1.1",
    "reserved": "240.0.0.1",
    "broadcast": "255.255.255.255",
    "IPv6 loopback": "::1",
    "IPv4-compatible loopback": "::127.0.0.1",
    "mapped loopback": "::ffff:127.0.0.1",
    "mapped private": "::ffff:10.1.2.3",
    "mapped metadata": "::ffff:169.254.169.254",
    "translated private": "::ffff:0:10.1.2.3",
    "NAT64 of a private address": "64:ff9b::a01:203",
    "local NAT64": "64:ff9b:1::a01:203",
    "6to4 of a private address": "2002:a01:203::1",
    "Teredo": "2001::1",
    "discard": "100::1",
    "IPv6 documentation": "2001:db8::1",
    "unique local": "fd00::1",
    "unique local, first half": "fc00::1",
    "IPv6 metadata": "fd00:ec2::254",
    "IPv6 link-local": "fe80::1",
    "site-local": "fec0::1",
    "IPv6 multicast": "ff02::1",
}


def is_denied(address: str) -> bool:
    """True if the address is in a range that turnserver.conf denies."""
    peer = ipaddress.ip_address(address)
    lines = (ROOT / "deploy" / "turnserver.conf").read_text().splitlines()
    ranges = [line.partition("=")[2].split("-") for line in lines if line.startswith("denied-peer-ip=")]
    pairs = [[int(ipaddress.ip_address(end)) for end in pair] for pair in ranges if same_family(pair[0], address)]
    return any(first <= int(peer) <= last for first, last in pairs)


def same_family(one: str, other: str) -> bool:
    return (":" in one) == (":" in other)


def has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


def credentials_of(server: Coturn, now: float | None = None, guest: str = "b6f0c7") -> tuple[str, str]:
    """What the app gives to a guest at the time ``now``: user name and password."""
    own = {"STUN_URLS": [], "TURN_URLS": server.urls, "TURN_SECRET": server.secret, "TURN_TTL_SECONDS": 600}
    with override_settings(**own):
        (turn,) = ice_servers(Seat(room_id=1, guest=guest), time.time() if now is None else now)
    return str(turn.username), str(turn.credential)


def client_of(server: Coturn, now: float | None = None, guest: str = "b6f0c7") -> TurnClient:
    return TurnClient((server.address, server.port), *credentials_of(server, now, guest))


@pytest.fixture
def allocated(turn_server: Coturn) -> Iterator[TurnClient]:
    with client_of(turn_server) as client:
        assert client.allocate().code == 0
        yield client


def test_credentials_of_the_app_get_a_relay_on_the_servers_address(turn_server: Coturn) -> None:
    with client_of(turn_server) as client:
        answer = client.allocate()
        assert answer.code == 0
        assert relayed_address(answer)[0] == turn_server.address
        assert SOFTWARE not in answer.attributes


def test_a_client_without_credentials_is_refused(turn_server: Coturn) -> None:
    with TurnClient((turn_server.address, turn_server.port)) as client:
        assert client.allocate().code == 401


def test_expired_credentials_are_refused(turn_server: Coturn) -> None:
    with client_of(turn_server, now=time.time() - 3600) as client:
        assert client.allocate().code == 401


def test_changing_the_expiry_or_the_name_of_a_credential_makes_it_invalid(turn_server: Coturn) -> None:
    for username in (f"{int(time.time()) + 99999}:b6f0c7", f"{int(time.time()) + 600}:another"):
        with client_of(turn_server) as client:
            client.username = username
            assert client.allocate().code == 401


def test_tcp_is_not_relayed(turn_server: Coturn) -> None:
    with client_of(turn_server) as client:
        assert client.allocate(transport=TCP).code == 442


@pytest.mark.parametrize("peer", DENIED_PEERS.values(), ids=DENIED_PEERS.keys())
def test_denied_peers_are_refused(allocated: TurnClient, peer: str) -> None:
    assert is_denied(peer)
    assert allocated.permit(peer) == (WRONG_FAMILY if ":" in peer else FORBIDDEN)


@pytest.mark.skipif(not has_ipv6(), reason="this machine has no IPv6 at all")
def test_denied_peers_are_refused_over_ipv6() -> None:
    with Coturn(TURN_RELAY_ADDRESS6="::1") as server, client_of(server) as client:
        assert client.allocate(family=IPV6).code == 0
        peers = [peer for peer in DENIED_PEERS.values() if ":" in peer]
        assert {peer: client.permit(peer) for peer in peers} == dict.fromkeys(peers, FORBIDDEN)
        assert client.permit("::") == FORBIDDEN
        assert client.permit("2606:4700::1111") == 0


def test_public_peers_are_allowed(allocated: TurnClient) -> None:
    # A permission request sends nothing to the peer.
    assert allocated.permit("8.8.8.8") == 0


def test_the_servers_own_address_is_the_only_exception(allocated: TurnClient, turn_server: Coturn) -> None:
    own = ipaddress.IPv4Address(turn_server.address)
    assert allocated.permit(str(own)) == 0
    for neighbour in (own - 1, own + 1):
        assert allocated.permit(str(neighbour)) == (FORBIDDEN if is_denied(str(neighbour)) else 0)
    allowed = [line for line in turn_server.configuration if line.startswith("allowed-peer-ip")]
    assert allowed == [f"allowed-peer-ip={own}"]


def test_behind_nat_the_public_address_is_announced_and_allowed() -> None:
    with Coturn(TURN_EXTERNAL_ADDRESS="198.51.100.7") as server, client_of(server) as client:
        assert relayed_address(client.allocate())[0] == "198.51.100.7"
        assert client.permit("198.51.100.7") == 0
        assert client.permit("198.51.100.8") == FORBIDDEN
        assert client.permit("127.0.0.1") == FORBIDDEN


def test_one_person_gets_no_more_than_the_quota_with_older_and_newer_credentials() -> None:
    with Coturn(TURN_USER_QUOTA="2") as server:
        later = time.time() + 900
        assert credentials_of(server)[0] != credentials_of(server, later)[0]
        clients = [client_of(server), client_of(server, later), client_of(server), client_of(server, later)]
        assert [client.allocate().code for client in clients] == [0, 0, 486, 486]
        with client_of(server, guest="another") as other:
            assert other.allocate().code == 0
        for client in clients:
            client.close()


@pytest.mark.parametrize("secret", ["", "short", "change-me", "x" * 31, "quo'te" + "x" * 40])
def test_coturn_does_not_start_with_a_weak_or_malformed_secret(secret: str, tmp_path: Path) -> None:
    environment = {"TURN_SECRET": secret, "TURN_REALM": "meet.example.org", "PATH": "/usr/bin:/bin"}
    environment["TURN_RUN_DIR"] = str(tmp_path)
    ran = subprocess.run(["sh", SCRIPT], env=environment, capture_output=True, check=False)
    assert ran.returncode == 1
    assert b"TURN_SECRET" in ran.stderr


def test_coturn_accepts_every_line_of_its_configuration(turn_server: Coturn) -> None:
    assert "Bad configuration" not in turn_server.log
