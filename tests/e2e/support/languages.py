"""Languages of the tests' people: tests name controls in the English of the sources and find them in any language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import polib

from tests.machine import ROOT


@dataclass(frozen=True)
class Language:
    """A locale and its translation. Call it with a text of the sources to get the text that its reader sees."""

    locale: str
    translated: Callable[[str], str]

    def __call__(self, text: str, **values: str) -> str:
        words = self.translated(text)
        for name, value in values.items():
            words = words.replace(f"{{{name}}}", value).replace(f"%({name})s", value)
        return words


def _in_german(text: str) -> str:
    return _catalogue("de")[text]


@cache
def _catalogue(language: str) -> dict[str, str]:
    folder = ROOT / "locale" / language / "LC_MESSAGES"
    catalogues = [polib.pofile(str(folder / f"{domain}.po")) for domain in ("django", "djangojs")]
    return {entry.msgid: entry.msgstr for catalogue in catalogues for entry in catalogue}


ENGLISH = Language("en-US", str)
GERMAN = Language("de-DE", _in_german)
