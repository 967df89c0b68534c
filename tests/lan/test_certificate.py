"""`make run-lan`: the address it finds, the certificate for it, and the HTTPS server."""

from __future__ import annotations

import datetime as dt
import ipaddress
import json
import os
import ssl
import stat
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
import websockets
from cryptography import x509

from config.lan import certificates
from config.lan.hosts import lan_address
from tests.machine import ROOT, accepts, free_port, own_address
from tests.services import Service

ADDRESS = "192.168.1.5"


def names_of(path: Path) -> list[str]:
    certificate = x509.load_pem_x509_certificate(path.read_bytes())
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return [str(name.value) for name in names]


def test_the_certificate_covers_the_address_and_localhost(tmp_path: Path) -> None:
    certificate, key = certificates.certificate_for(ADDRESS, tmp_path / "lan")
    assert {ADDRESS, "127.0.0.1", "localhost"} <= set(names_of(certificate))
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    # Raises if the key does not belong to the certificate.
    ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key)


def test_the_certificate_cannot_sign_others(tmp_path: Path) -> None:
    path, _ = certificates.certificate_for(ADDRESS, tmp_path)
    certificate = x509.load_pem_x509_certificate(path.read_bytes())
    assert not certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca


def test_a_valid_certificate_is_reused(tmp_path: Path) -> None:
    first = certificates.certificate_for(ADDRESS, tmp_path)[0].read_bytes()
    assert certificates.certificate_for(ADDRESS, tmp_path)[0].read_bytes() == first


def test_another_address_gets_a_new_certificate(tmp_path: Path) -> None:
    certificates.certificate_for(ADDRESS, tmp_path)
    path, _ = certificates.certificate_for("10.0.0.7", tmp_path)
    assert "10.0.0.7" in names_of(path)
    assert ADDRESS not in names_of(path)


@pytest.mark.parametrize("left", [dt.timedelta(days=-1), dt.timedelta(days=3)], ids=["expired", "soon"])
def test_an_expired_or_expiring_certificate_is_renewed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, left: dt.timedelta
) -> None:
    monkeypatch.setattr(certificates, "VALID_FOR", left)
    old = certificates.certificate_for(ADDRESS, tmp_path)[0].read_bytes()
    monkeypatch.undo()
    assert certificates.certificate_for(ADDRESS, tmp_path)[0].read_bytes() != old


@pytest.mark.parametrize("spoilt", ["certificate.pem", "key.pem"])
def test_damaged_or_missing_files_are_replaced(tmp_path: Path, spoilt: str) -> None:
    certificates.certificate_for(ADDRESS, tmp_path)
    if spoilt == "key.pem":
        (tmp_path / spoilt).unlink()
    else:
        (tmp_path / spoilt).write_text("nonsense")
    ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(*certificates.certificate_for(ADDRESS, tmp_path))


def test_the_lan_address_is_not_loopback() -> None:
    address = lan_address()
    assert address is None or not ipaddress.ip_address(address).is_loopback


class LanServer(Service):
    """`manage.py lan` on a fresh data folder."""

    name = "lan"

    def __init__(self, server: str) -> None:
        super().__init__()
        self.port = free_port()
        self.server = server

    def command(self) -> list[str]:
        return [sys.executable, str(ROOT / "manage.py"), "lan"]

    def environment(self) -> dict[str, str]:
        own = {"PORT": str(self.port), "LANAI_DATA_DIR": str(self.folder / "data"), "HOST": own_address()}
        own["LANAI_SERVER"] = self.server
        return {**{k: v for k, v in os.environ.items() if not k.startswith("SITE_")}, **own}

    def is_ready(self) -> bool:
        return accepts("127.0.0.1", self.port)


@pytest.fixture(scope="module", params=["daphne", "uvicorn"])
def server(request: pytest.FixtureRequest) -> Iterator[LanServer]:
    with LanServer(request.param) as running:
        yield running


def test_the_link_a_qr_code_and_the_certificate_warning_are_printed(server: LanServer) -> None:
    printed = server.log
    assert f"https://{own_address()}:{server.port}/" in printed
    assert "\u2588" in printed  # the blocks of the QR code
    assert "Every browser warns" in printed


@pytest.mark.parametrize("host", ["localhost", own_address()])
def test_https_is_served_on_every_name(server: LanServer, host: str) -> None:
    trust = ssl.create_default_context(cafile=str(server.folder / "data" / "lan" / "certificate.pem"))
    with urllib.request.urlopen(f"https://{host}:{server.port}/", context=trust) as answer:
        assert answer.status == 200
        assert "__Host-" in str(answer.headers)


async def test_sockets_work_over_https(server: LanServer) -> None:
    origin = f"https://localhost:{server.port}"
    trust = ssl.create_default_context(cafile=str(server.folder / "data" / "lan" / "certificate.pem"))
    dial = websockets.connect(
        f"wss://localhost:{server.port}/ws/live/", ssl=trust, origin=websockets.Origin(origin), compression=None
    )
    async with dial as socket:
        assert json.loads(await socket.recv())["code"] == "no_session"
        with pytest.raises(websockets.ConnectionClosed) as closed:
            await socket.recv()
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4401


def test_a_wrong_address_is_refused_with_an_explanation(tmp_path: Path) -> None:
    environment = {**os.environ, "HOST": "not-an-address", "LANAI_DATA_DIR": str(tmp_path)}
    command = [sys.executable, str(ROOT / "manage.py"), "lan"]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert "HOST takes" in ran.stderr
    assert "Traceback" not in ran.stderr
