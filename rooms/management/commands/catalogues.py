"""Brings the catalogues of all languages up to date with the sources. Needs GNU gettext; running Lanai does not."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from config.ground import js_catalog as words

# Texts that nobody reads, or that others translate. "locale" is found by its setting.
ELSEWHERE = [
    ".*",
    "locale",
    "node_modules",
    "var",
    "docs",
    "tests",
    "scripts",
    "static/vendor",
    "static/words",
    "test-results",
]


def extract(language: str) -> None:
    """Texts of the sources into a language's two catalogues, in the first of LOCALE_PATHS."""
    for domain in ("django", "djangojs"):
        call_command(
            "makemessages",
            locale=[language],
            domain=domain,
            ignore_patterns=ELSEWHERE,
            no_obsolete=True,
            add_location="file",
            verbosity=0,
        )


class Command(BaseCommand):
    help = "Finds the texts in the sources, and makes locale/*/*.mo and static/words/ of what is translated."
    requires_system_checks: list[str] = []

    def handle(self, **options: Any) -> None:
        for language, _ in settings.LANGUAGES:
            if words.static_path(language):
                extract(language)
        call_command("compilemessages", ignore_patterns=ELSEWHERE, verbosity=0)
        for path, text in words.scripts().items():
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
