"""Writes the table of all limits into docs/limits.md."""

from __future__ import annotations

import re

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.limits import Limit, all_limits

MARKED = re.compile(r"(<!-- limits -->\n).*?(<!-- /limits -->)", re.DOTALL)
HEAD = ("what", "limit", "for each", "beyond it", "setting")


def _line(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _row(limit: Limit) -> str:
    return _line((*limit[:4], f"`{limit.setting}`" if limit.setting else ""))


def render(document: str) -> str:
    """Return the document with the table between its marks. Raises CommandError without them."""
    table = "\n".join([_line(HEAD), _line(("---",) * len(HEAD)), *map(_row, all_limits())])
    document, found = MARKED.subn(lambda mark: f"{mark[1]}{table}\n{mark[2]}", document)
    if not found:
        raise CommandError("docs/limits.md has no place marked <!-- limits -->.")
    return document


class Command(BaseCommand):
    """Writes the document, or fails with --check if it differs."""

    help = "Renders the table in docs/limits.md from the limits in the code."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing, fail where the file differs")

    def handle(self, *, check: bool, **options: object) -> None:
        path = settings.BASE_DIR / "docs" / "limits.md"
        before = path.read_text()
        after = render(before)
        if check and before != after:
            raise CommandError("docs/limits.md is behind the code: run make protocol.")
        path.write_text(after)
