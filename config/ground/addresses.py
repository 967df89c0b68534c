"""The true address of a client, behind the proxies we trust and nobody else's word."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def client_address(peer: str, forwarded_for: str) -> str:
    """The right-most address in X-Forwarded-For that is not a trusted proxy; ``peer`` when it is none itself.

    What stands further left was written by the client and may be a lie.
    """
    address = peer
    for hop in reversed(forwarded_for.split(",")):
        if not _trusted(address):
            break
        address = hop.strip() or address
    return address


def is_within(address: str, networks: list[ipaddress.IPv4Network | ipaddress.IPv6Network]) -> bool:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address):
        parsed = parsed.ipv4_mapped or parsed  # how a socket that hears both kinds names an IPv4 peer
    return any(parsed in network for network in networks)


def _trusted(address: str) -> bool:
    return is_within(address, settings.TRUSTED_PROXIES)


def address_of_scope(scope: dict[str, Any]) -> str:
    """The client's address of an ASGI connection."""
    forwarded = [value.decode("latin1") for name, value in scope["headers"] if name == b"x-forwarded-for"]
    return client_address((scope.get("client") or ("",))[0], ",".join(forwarded))


class ClientAddressMiddleware:
    """Makes REMOTE_ADDR the client's address, and drops forwarding headers of those who are not our proxies."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        peer = request.META.get("REMOTE_ADDR", "")
        if not _trusted(peer):
            request.META.pop("HTTP_X_FORWARDED_PROTO", None)
        request.META["REMOTE_ADDR"] = client_address(peer, request.META.pop("HTTP_X_FORWARDED_FOR", ""))
        return self.get_response(request)
