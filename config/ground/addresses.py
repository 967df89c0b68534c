"""The address of a client behind trusted proxies. Forwarding headers of other hosts are ignored."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

HOPS_MAX = 16
ADDRESS_MAX = 64  # characters: an IPv6 address with a zone (RFC 4007) has fewer


def client_address(peer: str, forwarded_for: str) -> str:
    """Return the right-most address in X-Forwarded-For that is not a trusted proxy, or ``peer`` if it is none.

    Addresses further left were sent by the client and can be forged. At most HOPS_MAX hops are read, and none that is
    longer than ADDRESS_MAX.
    """
    address = peer
    for hop in reversed(forwarded_for.rsplit(",", HOPS_MAX)[-HOPS_MAX:]):
        if not _is_trusted_proxy(address) or len(hop) > ADDRESS_MAX:
            break
        address = hop.strip() or address
    return address


def is_within(address: str, networks: list[ipaddress.IPv4Network | ipaddress.IPv6Network]) -> bool:
    """Return whether the address is in one of the networks; False for text that is not an address."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address):
        parsed = parsed.ipv4_mapped or parsed  # a dual-stack socket reports IPv4 peers as mapped addresses
    return any(parsed in network for network in networks)


def _is_trusted_proxy(address: str) -> bool:
    return is_within(address, settings.TRUSTED_PROXIES)


def address_of_scope(scope: dict[str, Any]) -> str:
    """Return the client's address of an ASGI connection."""
    forwarded = [value.decode("latin1") for name, value in scope["headers"] if name == b"x-forwarded-for"]
    return client_address((scope.get("client") or ("",))[0], ",".join(forwarded))


def address_group(address: str) -> str:
    """Return the key under which an address is counted: an IPv6 address counts with its /64 network.

    A subscriber gets at least a /64 (RFC 6177), so single IPv6 addresses can be changed at will.
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is None:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return address


class ClientAddressMiddleware:
    """Sets REMOTE_ADDR to the client's address, and drops forwarding headers that no trusted proxy sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        peer = request.META.get("REMOTE_ADDR", "")
        if not _is_trusted_proxy(peer):
            request.META.pop("HTTP_X_FORWARDED_PROTO", None)
        request.META["REMOTE_ADDR"] = client_address(peer, request.META.pop("HTTP_X_FORWARDED_FOR", ""))
        return self.get_response(request)
