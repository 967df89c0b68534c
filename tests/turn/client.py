"""A small TURN client (RFC 8489, RFC 8656): enough to allocate and to ask for permissions."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import os
import socket
import ssl
import struct
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

COOKIE = 0x2112A442
ALLOCATE, REFRESH, CREATE_PERMISSION = 0x0003, 0x0004, 0x0008
SUCCESS = 0x0100

USERNAME, MESSAGE_INTEGRITY, ERROR_CODE = 0x0006, 0x0008, 0x0009
LIFETIME, XOR_PEER_ADDRESS, REALM, NONCE = 0x000D, 0x0012, 0x0014, 0x0015
XOR_RELAYED_ADDRESS, REQUESTED_ADDRESS_FAMILY, REQUESTED_TRANSPORT = 0x0016, 0x0017, 0x0019
SOFTWARE = 0x8022
UDP, TCP = 17, 6
MISMATCH = 437
IPV6 = 2

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def attribute(kind: int, value: bytes) -> bytes:
    return struct.pack("!HH", kind, len(value)) + value + bytes(-len(value) % 4)


def xor_address(address: Address, port: int, transaction: bytes) -> bytes:
    mask = struct.pack("!I", COOKIE) + transaction
    body = bytes(left ^ right for left, right in zip(address.packed, mask, strict=False))
    return struct.pack("!BBH", 0, 1 if address.version == 4 else 2, port ^ (COOKIE >> 16)) + body


@dataclass
class Answer:
    """A response of the server: ``code`` is 0 for success, else the error code of RFC 8489 section 14.8."""

    code: int
    attributes: dict[int, bytes] = field(default_factory=dict)

    @classmethod
    def parse(cls, packet: bytes) -> Self:
        kind, length = struct.unpack("!HH", packet[:4])
        attributes: dict[int, bytes] = {}
        at = 20
        while at < 20 + length:
            name, size = struct.unpack("!HH", packet[at : at + 4])
            attributes.setdefault(name, packet[at + 4 : at + 4 + size])
            at += 4 + size + (-size % 4)
        if kind & 0x0110 == SUCCESS:
            return cls(0, attributes)
        error = attributes[ERROR_CODE]
        return cls(error[2] * 100 + error[3], attributes)


class TurnClient:
    """A TURN client on one UDP port, with the long-term credential mechanism (RFC 8489 section 9.2)."""

    def __init__(self, server: tuple[str, int], username: str = "", credential: str = "") -> None:
        self.username, self.credential = username, credential
        self.realm, self.nonce = b"", b""
        self.server = server
        self.socket = self._connected()

    def _connected(self) -> socket.socket:
        connected = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        connected.settimeout(1)
        connected.connect(self.server)
        return connected

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Release the allocation, so that the server can give it to others at once."""
        self.ask(REFRESH, (LIFETIME, struct.pack("!I", 0)))
        self.socket.close()

    def allocate(self, transport: int = UDP, family: int | None = None) -> Answer:
        wanted = [(REQUESTED_TRANSPORT, struct.pack("!B3x", transport))]
        if family:
            wanted.append((REQUESTED_ADDRESS_FAMILY, struct.pack("!B3x", family)))
        answer = self.ask(ALLOCATE, *wanted)
        while answer.code == MISMATCH:
            # Another client used this port a moment ago and the server still remembers it (coturn keeps an
            # allocation for a second after its end): RFC 8656 section 7.4 asks for another port.
            used, self.socket = self.socket, self._connected()
            used.close()
            answer = self.ask(ALLOCATE, *wanted)
        return answer

    def permit(self, peer: str) -> int:
        """Ask for a permission: 0 if the server would relay to ``peer``, else its error code."""
        return self.ask(CREATE_PERMISSION, peer=ipaddress.ip_address(peer)).code

    def ask(self, method: int, *attributes: tuple[int, bytes], peer: Address | None = None) -> Answer:
        answer = self._exchange(method, attributes, peer)
        if answer.code in {401, 438} and NONCE in answer.attributes:
            self.nonce = answer.attributes[NONCE]
            self.realm = answer.attributes.get(REALM, self.realm)
            answer = self._exchange(method, attributes, peer)
        return answer

    def _exchange(self, method: int, attributes: tuple[tuple[int, bytes], ...], peer: Address | None) -> Answer:
        transaction = os.urandom(12)
        body = b"".join(attribute(*each) for each in attributes)
        if peer:
            body += attribute(XOR_PEER_ADDRESS, xor_address(peer, 4000, transaction))
        packet = self._signed(method, transaction, body)
        for _ in range(5):
            self.socket.send(packet)
            try:
                while True:
                    received = self.socket.recv(2048)
                    if received[8:20] == transaction:
                        return Answer.parse(received)
            except TimeoutError:
                continue  # a lost datagram is sent again (RFC 8489 section 6.2.1)
        raise AssertionError("the TURN server does not answer")

    def _signed(self, method: int, transaction: bytes, body: bytes) -> bytes:
        if not self.nonce or not self.username:
            return struct.pack("!HHI", method, len(body), COOKIE) + transaction + body
        body += attribute(USERNAME, self.username.encode())
        body += attribute(REALM, self.realm) + attribute(NONCE, self.nonce)
        head = struct.pack("!HHI", method, len(body) + 24, COOKIE) + transaction
        secret = b":".join([self.username.encode(), self.realm, self.credential.encode()])
        key = hashlib.md5(secret, usedforsecurity=False).digest()
        return head + body + attribute(MESSAGE_INTEGRITY, hmac.digest(key, head + body, "sha1"))


class TlsTurnClient(TurnClient):
    """A TURN client over TLS; the certificate is checked against ``authority`` (RFC 8489 section 6.2.3)."""

    def __init__(self, server: tuple[str, int], username: str, credential: str, authority: Path) -> None:
        self._context = ssl.create_default_context(cafile=authority)
        super().__init__(server, username, credential)

    def _connected(self) -> socket.socket:
        plain = socket.create_connection(self.server, timeout=5)
        return self._context.wrap_socket(plain, server_hostname=self.server[0])


def relayed_address(answer: Answer) -> tuple[str, int]:
    """The relayed address and port of an IPv4 allocation."""
    _, _, port, address = struct.unpack("!BBHI", answer.attributes[XOR_RELAYED_ADDRESS][:8])
    return str(ipaddress.IPv4Address(address ^ COOKIE)), port ^ (COOKIE >> 16)
