"""Refusals for nicknames that came over the wire."""

from __future__ import annotations

from collections.abc import Iterable

from config.ground.nicknames import clean_nickname, suggest
from config.ground.unicode.look_alikes import appearances
from rooms.protocol import Refused


def requested_nickname(text: str) -> str:
    """Return the cleaned nickname of a client message. Raises Refused (``nickname_invalid``)."""
    try:
        return clean_nickname(text)
    except ValueError:
        raise Refused("nickname_invalid") from None


def refuse_taken(name: str, others: Iterable[str]) -> None:
    """Raise Refused (``nickname_taken``, with a free suggestion) where one of the others looks like ``name``."""
    taken = frozenset[str]().union(*map(appearances, others))
    if not taken.isdisjoint(appearances(name)):
        raise Refused("nickname_taken", suggestion=suggest(name, taken))
