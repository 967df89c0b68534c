"""STUN and TURN servers for a seat, with credentials that expire (coturn's ``use-auth-secret``)."""

from __future__ import annotations

import base64
import hashlib
import hmac

from django.conf import settings

from config.ground.clock import clock
from rooms.protocol import IceServer


def ice_servers(seat_id: str, now: float | None = None) -> list[IceServer]:
    """Return the RTCIceServer list for one seat. ``now`` is in seconds since 1970.

    The TURN user name is ``<expiry>:<seat>`` and the password its HMAC-SHA1 under the shared secret, as in
    draft-uberti-behave-turn-rest-00 section 2.2.
    """
    servers = [IceServer(urls=settings.STUN_URLS)] if settings.STUN_URLS else []
    if settings.TURN_URLS:
        expiry = int(clock.seconds() if now is None else now) + settings.TURN_TTL_SECONDS
        username = f"{expiry}:{seat_id}"
        digest = hmac.new(settings.TURN_SECRET.encode(), username.encode(), hashlib.sha1).digest()
        credential = base64.b64encode(digest).decode()
        servers.append(IceServer(urls=settings.TURN_URLS, username=username, credential=credential))
    return servers
