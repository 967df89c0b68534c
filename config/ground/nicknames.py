"""Rules for nicknames: what is allowed, and when two are the same. Shared by accounts, forms and seats."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

from django.utils.translation import gettext_lazy

NICKNAME_MAX = 40  # code points
# The limit of a nickname as it is typed: normalization joins marks to their letters, and invisible characters are
# dropped. Python normalizes a run of combining marks in quadratic time, and holds the interpreter meanwhile.
RAW_MAX = 4 * NICKNAME_MAX
ZERO_WIDTH_JOINER = "\u200d"
INVALID = gettext_lazy("Please enter a name of 1 to 40 characters.")


def clean_nickname(text: str) -> str:
    """Return the nickname in NFKC, without invisible characters and with spaces folded; 1 to 40 code points.

    Control, bidi and other format characters are dropped: invisible ones would let two people look alike, and bidi
    controls would reorder the text around a name. Raises ValueError with a sentence for people.
    """
    if len(text) > RAW_MAX:
        raise ValueError(INVALID)
    visible = (char for char in unicodedata.normalize("NFKC", text) if not _is_hidden(char))
    name = " ".join("".join(visible).split()).strip(ZERO_WIDTH_JOINER)
    if not 1 <= len(name) <= NICKNAME_MAX or not any(_is_printable(char) for char in name):
        raise ValueError(INVALID)
    return name


def _is_hidden(char: str) -> bool:
    if char.isspace() or char == ZERO_WIDTH_JOINER:  # the joiner holds the parts of one emoji together
        return False
    return unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn"}


def _is_printable(char: str) -> bool:
    return unicodedata.category(char)[0] in "LNPS"


def nickname_key(name: str) -> str:
    """Return the form in which nicknames are compared: two people in a room never share it.

    Case and zero-width joiners do not make two nicknames different.
    """
    folded = unicodedata.normalize("NFKC", name.casefold())
    return unicodedata.normalize("NFKC", folded.casefold()).replace(ZERO_WIDTH_JOINER, "")


def suggest(name: str, taken: Collection[str]) -> str:
    """Return a free nickname based on ``name``; ``taken`` holds nickname keys."""
    for number in range(2, len(taken) + 3):
        ending = f" {number}"
        candidate = name[: NICKNAME_MAX - len(ending)].rstrip() + ending
        if nickname_key(candidate) not in taken:
            return candidate
    raise AssertionError("one of n+1 different names is free")
