"""Reads tables.json, which scripts/make_unicode_tables.py generates."""

from __future__ import annotations

import json
from pathlib import Path

_tables = json.loads((Path(__file__).parent / "tables.json").read_text())

# Default_Ignorable_Code_Point: shown as nothing, whatever the font. It includes code points that are not assigned yet.
IGNORABLE = frozenset(code for first, last in _tables["default_ignorable"] for code in range(first, last + 1))
# UTS #39: the character or characters that one looks like, by code point; None for what is not seen.
LOOKS_LIKE: dict[int, str | None] = {
    **{ord(char): prototype for prototype, chars in _tables["prototypes"].items() for char in chars},
    **dict.fromkeys(IGNORABLE),
}
