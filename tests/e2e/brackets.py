"""A language that is the English of the sources in brackets, so that a text nobody marked is one without."""

from __future__ import annotations

import shutil
from pathlib import Path

import polib

from tests.e2e.language import Language
from tests.machine import ROOT

OPEN, CLOSE = "⟦", "⟧"
# For the scripts it needs no catalogue: whatever passes through gettext gets its brackets.
SCRIPT = f"""
globalThis.django = {{
  gettext: (text) => `{OPEN}${{text}}{CLOSE}`,
  ngettext: (one, many, count) => `{OPEN}${{count === 1 ? one : many}}{CLOSE}`,
}};
"""


def _bracketed(text: str) -> str:
    return f"{OPEN}{text}{CLOSE}"


# It stands in for German, which Django must know of.
IN_BRACKETS = Language("de-DE", _bracketed)


def write_catalogues(folder: Path) -> None:
    """Into ``folder`` what brackets_settings.py serves."""
    catalogue = polib.pofile(str(ROOT / "locale" / "de" / "LC_MESSAGES" / "django.po"))
    for entry in catalogue:
        if entry.msgid_plural:
            entry.msgstr_plural = {0: _bracketed(entry.msgid), 1: _bracketed(entry.msgid_plural)}
        else:
            entry.msgstr = _bracketed(entry.msgid)
    compiled = folder / "locale" / "de" / "LC_MESSAGES" / "django.mo"
    compiled.parent.mkdir(parents=True)
    catalogue.save_as_mofile(str(compiled))
    shutil.copytree(ROOT / "static", folder / "static")
    (folder / "static" / "words" / "de.js").write_text(SCRIPT)
