"""What the scripts say in another language: Django's JavaScript catalogue as a static file of its own.

A static file has a hashed name, is compressed once, and is kept by browsers for good.
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
    # Of the apps' catalogues that of "rooms", which has none. Ours is in LOCALE_PATHS, which always counts; what
    # the admin's scripts say is not said here.
    packages = ["rooms"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # Browsers know how dates and numbers are written.
        return {**super().get_context_data(**kwargs), "formats": {}}


def static_path(language: str) -> str | None:
    """The file for a language; None for that of the sources, which needs none."""
    return None if language == settings.LANGUAGE_CODE else f"words/{language}.js"


def scripts() -> dict[Path, str]:
    """What each of the files should hold."""
    files = {}
    for language, _ in settings.LANGUAGES:
        if path := static_path(language):
            with translation.override(language):
                files[STATIC / path] = Catalogue().get(HttpRequest()).content.decode()
    return files
