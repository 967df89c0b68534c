"""Updates the translation catalogues of all languages from the sources. Needs GNU gettext; running Lanai does not."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from config.assets import js_catalog

# Without texts for users, or translated by others. "locale" is found by its setting.
IGNORED = [
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
    """Write the texts of the sources into the two catalogues of a language, in the first of LOCALE_PATHS."""
    for domain in ("django", "djangojs"):
        call_command(
            "makemessages",
            locale=[language],
            domain=domain,
            ignore_patterns=IGNORED,
            no_obsolete=True,
            add_location="file",
            verbosity=0,
        )


class Command(BaseCommand):
    """Extracts, compiles, and writes the scripts' catalogues."""

    help = "Finds the texts in the sources, and makes locale/*/*.mo and static/words/ of what is translated."
    requires_system_checks: list[str] = []

    def handle(self, **options: Any) -> None:
        for language, _ in settings.LANGUAGES:
            if js_catalog.static_path(language):
                extract(language)
        call_command("compilemessages", ignore_patterns=IGNORED, verbosity=0)
        for path, text in js_catalog.render_all().items():
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
