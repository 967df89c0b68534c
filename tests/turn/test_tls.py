"""TURN over TLS, for networks that block everything else: its certificate is checked, the same rules apply."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from config.lan.certificates import certificate_for
from tests.machine import own_address
from tests.services import Coturn
from tests.turn.client import TlsTurnClient
from tests.turn.test_relay import FORBIDDEN, credentials_of

Connect = Callable[..., TlsTurnClient]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return certificate_for(own_address(), tmp_path_factory.mktemp("tls"))


@pytest.fixture(scope="module")
def server(files: tuple[Path, Path]) -> Iterator[Coturn]:
    certificate, key = files
    with Coturn(TURN_TLS_CERTIFICATE=str(certificate), TURN_TLS_KEY=str(key)) as running:
        yield running


@pytest.fixture
def connect(server: Coturn, files: tuple[Path, Path]) -> Connect:
    def connected(now: float | None = None) -> TlsTurnClient:
        username, credential = credentials_of(server, now)
        return TlsTurnClient((server.address, server.tls_port), username, credential, files[0])

    return connected


def test_a_seat_gets_a_relay_over_tls(connect: Connect) -> None:
    with connect() as client:
        assert client.allocate().code == 0
        assert client.permit("8.8.8.8") == 0


def test_denied_peers_and_expired_credentials_are_refused_over_tls(connect: Connect) -> None:
    with connect() as client:
        assert client.allocate().code == 0
        assert [client.permit(peer) for peer in ("127.0.0.1", "10.1.2.3", "169.254.169.254")] == [FORBIDDEN] * 3
    with connect(time.time() - 3600) as late:
        assert late.allocate().code == 401
