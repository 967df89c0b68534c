"""The rules of a nickname, once: for accounts, forms and seats."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

from django.utils.translation import gettext_lazy

from rooms.protocol import NICKNAME_MAX, Refused

ZERO_WIDTH_JOINER = "\u200d"
INVALID = gettext_lazy("Please enter a name of 1 to 40 characters.")


def clean_nickname(text: str) -> str:
    """NFKC, without control, bidi and other invisible characters, spaces folded; 1 to 40 code points.

    Raises ValueError with a sentence for people. Invisible characters would let two people look alike, and
    bidi controls would turn the words around a name.
    """
    visible = (char for char in unicodedata.normalize("NFKC", text) if not _hidden(char))
    name = " ".join("".join(visible).split()).strip(ZERO_WIDTH_JOINER)
    if not 1 <= len(name) <= NICKNAME_MAX or not any(_shows(char) for char in name):
        raise ValueError(INVALID)
    return name


def asked_nickname(text: str) -> str:
    """A nickname that came over the wire, cleaned. Raises Refused."""
    try:
        return clean_nickname(text)
    except ValueError:
        raise Refused("nickname_invalid") from None


def _hidden(char: str) -> bool:
    if char.isspace() or char == ZERO_WIDTH_JOINER:  # joins the parts of one emoji
        return False
    return unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn"}


def _shows(char: str) -> bool:
    return unicodedata.category(char)[0] in "LNPS"


def nickname_key(name: str) -> str:
    """What two nicknames must not share in one room: case and joiners do not tell people apart."""
    folded = unicodedata.normalize("NFKC", name.casefold())
    return unicodedata.normalize("NFKC", folded.casefold()).replace(ZERO_WIDTH_JOINER, "")


def refuse_taken(name: str, taken: Collection[str]) -> None:
    """Raises Refused, with a free name, where ``taken`` has the key of this one."""
    if nickname_key(name) in taken:
        raise Refused("nickname_taken", suggestion=suggest(name, taken))


def suggest(name: str, taken: Collection[str]) -> str:
    """A free nickname like ``name``; ``taken`` holds nickname keys."""
    for number in range(2, len(taken) + 3):
        ending = f" {number}"
        candidate = name[: NICKNAME_MAX - len(ending)].rstrip() + ending
        if nickname_key(candidate) not in taken:
            return candidate
    raise AssertionError("one of n+1 different names is free")
