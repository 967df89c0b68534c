"""STUN and TURN servers for a person in a room, with credentials that expire (coturn's ``use-auth-secret``)."""

from __future__ import annotations

import base64
import hashlib
import hmac

from django.conf import settings
from django.utils.crypto import salted_hmac

from config.ground.clock import clock
from rooms.models import Seat
from rooms.protocol import IceServer
from rooms.rules.person_keys import person_key

# Expiries are rounded down to this, so that a person who joins sixty times in a minute gets the same credentials. What
# is left of TURN_TTL is longer than the ten minutes after which pages renew them.
EXPIRY_STEP_SECONDS = 300


def ice_servers(seat: Seat, now: float | None = None) -> list[IceServer]:
    """Return the RTCIceServer list for the person in a seat. ``now`` is in seconds since 1970.

    The TURN user name is ``<expiry>:<holder>`` and the password its HMAC-SHA1 under the shared secret, as in
    draft-uberti-behave-turn-rest-00 section 2.2. coturn counts a user's quota by the part after the colon. It is the
    same for all seats of a person in a room, or each new name would come with a quota of its own.
    """
    servers = [IceServer(urls=settings.STUN_URLS)] if settings.STUN_URLS else []
    if settings.TURN_URLS:
        expiry = int(clock.seconds() if now is None else now) + settings.TURN_TTL_SECONDS
        username = f"{expiry // EXPIRY_STEP_SECONDS * EXPIRY_STEP_SECONDS}:{_holder(seat)}"
        digest = hmac.new(settings.TURN_SECRET.encode(), username.encode(), hashlib.sha1).digest()
        credential = base64.b64encode(digest).decode()
        servers.append(IceServer(urls=settings.TURN_URLS, username=username, credential=credential))
    return servers


def _holder(seat: Seat) -> str:
    """Return a pseudonym of the person in the room: coturn's log and its operator cannot tell who it is."""
    person = person_key(seat.user_id, seat.guest)
    return salted_hmac("rooms.media.ice", f"{seat.room_id} {person}", algorithm="sha256").hexdigest()[:20]
