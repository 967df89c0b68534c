"""A self-signed certificate for this machine's address in the local network."""

from __future__ import annotations

import datetime as dt
import ipaddress
import os
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from config.lan.hosts import host_names

# Apple devices refuse server certificates that are valid for longer than 825 days.
VALID_FOR = dt.timedelta(days=397)
RENEW_BEFORE = dt.timedelta(days=14)


def certificate_for(address: str, folder: Path) -> tuple[Path, Path]:
    """Return the PEM files of a certificate for ``address`` and of its key, created unless those there are valid."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    if not (key.exists() and _is_valid_for(address, certificate)):
        _create(address, certificate, key)
    return certificate, key


def _is_valid_for(address: str, path: Path) -> bool:
    try:
        certificate = x509.load_pem_x509_certificate(path.read_bytes())
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (OSError, ValueError, x509.ExtensionNotFound):
        return False
    left = certificate.not_valid_after_utc - dt.datetime.now(dt.UTC)
    return left > RENEW_BEFORE and set(names) == set(_subject_alternative_names(address))


def _subject_alternative_names(address: str) -> list[x509.GeneralName]:
    addresses = [ipaddress.ip_address(address), ipaddress.ip_address("127.0.0.1")]
    return [*map(x509.IPAddress, addresses), *map(x509.DNSName, host_names())]


def _create(address: str, certificate: Path, key: Path) -> None:
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
        .add_extension(x509.SubjectAlternativeName(_subject_alternative_names(address)), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(private, hashes.SHA256())
    )
    certificate.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    pem = serialization.Encoding.PEM
    _write_privately(key, private.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    _write_privately(certificate, signed.public_bytes(pem))


def _write_privately(path: Path, content: bytes) -> None:
    """Write the file with mode 600 from the start; a chmod afterwards would let others read it for a moment."""
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    fresh.replace(path)
