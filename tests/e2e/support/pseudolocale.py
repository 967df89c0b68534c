"""A pseudo-locale: the English of the sources in ⟦ ⟧, so that texts not marked for translation have none."""

from __future__ import annotations

import shutil
from pathlib import Path

import polib

from tests.e2e.support.languages import Language
from tests.machine import ROOT

OPEN, CLOSE = "⟦", "⟧"
# Scripts need no catalogue: gettext itself adds the brackets.
SCRIPT = f"""
globalThis.django = {{
  gettext: (text) => `{OPEN}${{text}}{CLOSE}`,
  ngettext: (one, many, count) => `{OPEN}${{count === 1 ? one : many}}{CLOSE}`,
}};
"""


def _bracketed(text: str) -> str:
    return f"{OPEN}{text}{CLOSE}"


# It stands in for German, which Django must know of.
PSEUDOLOCALE = Language("de-DE", _bracketed)


def write_catalogues(folder: Path) -> None:
    """Write the catalogues and scripts that pseudolocale_settings.py serves into ``folder``."""
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
