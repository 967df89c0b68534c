"""Room codes: generating them, and parsing them from what people type or paste."""

from __future__ import annotations

import re
import secrets

# No look-alikes (i, l, o, 0, 1) and no u, so that a code can be read aloud and rarely spells a word.
CODE_ALPHABET = "abcdefghjkmnpqrstvwxyz23456789"
CODE_GROUPS = (3, 4, 3)
CODE_LENGTH = sum(CODE_GROUPS)
IN_LINK = re.compile(r"/r/([a-z0-9-]{1,32})(?:[/?#\s]|$)")
LINK_MAX = 500  # code points of what is typed or pasted
CODE = re.compile(rf"[{CODE_ALPHABET}]{{{CODE_LENGTH}}}")


def new_code() -> str:
    """Return a random room code like ``abc-defg-hjk``: ten characters out of thirty, about 49 bits."""
    return "-".join("".join(secrets.choice(CODE_ALPHABET) for _ in range(n)) for n in CODE_GROUPS)


def room_code(text: str) -> str | None:
    """Return the room code in a text, or None.

    The text is a link, or a code with or without hyphens, in upper or lower case. A link may also have an unusual slug.
    """
    if len(text) > LINK_MAX:
        return None
    text = text.strip().lower()
    if link := IN_LINK.search(text):
        text = link[1]
    letters = re.sub(r"[\s-]", "", text)
    if CODE.fullmatch(letters):
        return _grouped(letters)
    return text if link else None


def _grouped(letters: str) -> str:
    groups, start = [], 0
    for size in CODE_GROUPS:
        groups.append(letters[start : start + size])
        start += size
    return "-".join(groups)
