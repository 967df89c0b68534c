"""Rules for nicknames: what is allowed, and when two are the same. Shared by accounts, forms and seats."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

from django.utils.translation import gettext_lazy

from config.ground.unicode.look_alikes import appearances, folded
from config.ground.unicode.visible import in_one_line, shows_something

NICKNAME_MAX = 40  # code points
# The limit of a nickname as it is typed: normalization joins marks to their letters, and invisible characters are
# dropped. Python normalizes a run of combining marks in quadratic time, and holds the interpreter meanwhile.
RAW_MAX = 4 * NICKNAME_MAX
INVALID = gettext_lazy("Please enter a name of 1 to 40 characters.")


def clean_nickname(text: str) -> str:
    """Return the nickname in NFKC, without invisible characters and with spaces folded; 1 to 40 code points.

    Raises ValueError with a sentence for people.
    """
    if len(text) > RAW_MAX:
        raise ValueError(INVALID)
    name = in_one_line(unicodedata.normalize("NFKC", text))
    if not 1 <= len(name) <= NICKNAME_MAX or not shows_something(name):
        raise ValueError(INVALID)
    return name


def nickname_key(name: str) -> str:
    """Return the form of a nickname that two live seats of a room never share in the table.

    Case and what is not seen do not make two nicknames different.
    """
    return folded(name)


def suggest(name: str, taken: Collection[str]) -> str:
    """Return a free nickname based on ``name``; ``taken`` holds the appearances of nicknames."""
    for number in range(2, len(taken) + 3):
        ending = f" {number}"
        candidate = in_one_line(name[: NICKNAME_MAX - len(ending)]) + ending
        if appearances(candidate).isdisjoint(taken):
            return candidate
    raise AssertionError("one of n+1 different names is free")
