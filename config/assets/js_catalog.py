"""Translations for the scripts: Django's JavaScript catalogue of each language as a static file.

A static file, unlike Django's view, has a hashed name, is compressed once, and is cached by browsers for good.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.views.i18n import JavaScriptCatalog

STATIC = settings.BASE_DIR / "static"


class Catalogue(JavaScriptCatalog):
    """The catalogue of LOCALE_PATHS, without those of installed apps and without number and date formats."""

    # An app without a catalogue of its own. LOCALE_PATHS are always read; without this, the texts of the admin's
    # scripts would be included, too.
    packages = ["rooms"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # Browsers format dates and numbers themselves.
        return {**super().get_context_data(**kwargs), "formats": {}}


def static_path(language: str) -> str | None:
    """Return the path of the static file for a language; None for the language of the sources."""
    return None if language == settings.LANGUAGE_CODE else f"words/{language}.js"


def render_all() -> dict[Path, str]:
    """Return the contents of the file for each language."""
    files = {}
    for language, _ in settings.LANGUAGES:
        if path := static_path(language):
            with translation.override(language):
                files[STATIC / path] = Catalogue().get(HttpRequest()).content.decode()
    return files
