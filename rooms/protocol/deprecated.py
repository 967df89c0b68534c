"""Messages of the previous release, accepted for one release: pages loaded before a rolling restart still send them.

Delete this module, its use in codec.py and its tests once 0.2 is out.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from rooms.protocol.client import ClientMessage, Moderate
from rooms.protocol.records import SeatId


class OldModerate(ClientMessage, tag="moderate"):
    """`moderate` with `action`, whose one value was `remove`."""

    action: Literal["remove"]
    seat: SeatId


class OldSpotlight(ClientMessage, tag="spotlight"):
    """`spotlight`, before it became an act of `moderate`."""

    seat: SeatId | None


_decoder = msgspec.json.Decoder(OldModerate | OldSpotlight)


def decode_deprecated(frame: str) -> Moderate | None:
    """Return today's message for one of the previous release, or None."""
    try:
        old = _decoder.decode(frame)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
    return Moderate(act="remove" if isinstance(old, OldModerate) else "spotlight", seat=old.seat, ref=old.ref)
