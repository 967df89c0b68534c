"""Refusals for nicknames that came over the wire."""

from __future__ import annotations

from collections.abc import Collection

from config.ground.nicknames import clean_nickname, nickname_key, suggest
from rooms.protocol import Refused


def requested_nickname(text: str) -> str:
    """Return the cleaned nickname of a client message. Raises Refused (``nickname_invalid``)."""
    try:
        return clean_nickname(text)
    except ValueError:
        raise Refused("nickname_invalid") from None


def refuse_taken(name: str, taken: Collection[str]) -> None:
    """Raise Refused (``nickname_taken``, with a free suggestion) where ``taken`` holds the key of ``name``."""
    if nickname_key(name) in taken:
        raise Refused("nickname_taken", suggestion=suggest(name, taken))
