"""What it takes to serve https in a local network: the machine's address and a certificate for it."""

from __future__ import annotations

import contextlib
import datetime as dt
import ipaddress
import os
import socket
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

# Apple devices refuse server certificates that are valid for longer than 825 days.
VALID_FOR = dt.timedelta(days=397)
RENEW_BEFORE = dt.timedelta(days=14)


def lan_address() -> str | None:
    """The IPv4 address others in the network reach this machine at; None without a network."""
    candidates = [_address_towards("198.51.100.1"), *_addresses_of_hostname()]
    return next((address for address in candidates if address and not address.startswith("127.")), None)


def _address_towards(target: str) -> str | None:
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        # Connecting a UDP socket sends nothing; it only asks the routing table.
        probe.connect((target, 9))
        return str(probe.getsockname()[0])
    return None


def _addresses_of_hostname() -> list[str]:
    with contextlib.suppress(OSError):
        found = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET, socket.SOCK_STREAM)
        return [str(entry[4][0]) for entry in found]
    return []


def certificate_for(address: str, folder: Path) -> tuple[Path, Path]:
    """The files of a certificate and its key for ``address``; made anew when they no longer fit."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    if not (key.exists() and _still_fits(certificate, address)):
        _make(address, certificate, key)
    return certificate, key


def _still_fits(path: Path, address: str) -> bool:
    try:
        certificate = x509.load_pem_x509_certificate(path.read_bytes())
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (OSError, ValueError, x509.ExtensionNotFound):
        return False
    left = certificate.not_valid_after_utc - dt.datetime.now(dt.UTC)
    return left > RENEW_BEFORE and set(names) == set(_names(address))


def _names(address: str) -> list[x509.GeneralName]:
    addresses = [ipaddress.ip_address(address), ipaddress.ip_address("127.0.0.1")]
    return [*map(x509.IPAddress, addresses), *map(x509.DNSName, host_names())]


def host_names() -> list[str]:
    """The names this machine is also called by: at home, in the network, by multicast DNS (RFC 6762)."""
    full = socket.gethostname().lower()
    return list(dict.fromkeys(["localhost", full, full.partition(".")[0] + ".local"]))


def _make(address: str, certificate: Path, key: Path) -> None:
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Lanai at {address}")])
    now = dt.datetime.now(dt.UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + VALID_FOR)
        .add_extension(x509.SubjectAlternativeName(_names(address)), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(private, hashes.SHA256())
    )
    certificate.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    pem = serialization.Encoding.PEM
    _write(key, private.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    _write(certificate, signed.public_bytes(pem))


def _write(path: Path, content: bytes) -> None:
    """Only the owner may ever read it, not even for the moment between writing and chmod."""
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    fresh.replace(path)
