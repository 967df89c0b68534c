"""The addresses and names under which other machines in the local network reach this one."""

from __future__ import annotations

import contextlib
import socket


def lan_address() -> str | None:
    """Return the IPv4 address of this machine in its network; None without a network."""
    candidates = [_address_used_to_reach("198.51.100.1"), *_addresses_of_hostname()]
    return next((address for address in candidates if address and not address.startswith("127.")), None)


def _address_used_to_reach(target: str) -> str | None:
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        # Connecting a UDP socket sends nothing; it only looks up the route.
        probe.connect((target, 9))
        return str(probe.getsockname()[0])
    return None


def _addresses_of_hostname() -> list[str]:
    with contextlib.suppress(OSError):
        found = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET, socket.SOCK_STREAM)
        return [str(entry[4][0]) for entry in found]
    return []


def host_names() -> list[str]:
    """Return the host names of this machine: localhost, its own name, and its multicast DNS name (RFC 6762)."""
    full = socket.gethostname().lower()
    return list(dict.fromkeys(["localhost", full, full.partition(".")[0] + ".local"]))
