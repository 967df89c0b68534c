"""The guide for operators names every cookie, for their own words on privacy."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

GUIDE = Path(settings.BASE_DIR / "docs" / "self-hosting.md")
NAMES = [name for name in dir(settings) if re.fullmatch(r"\w+_COOKIE_NAME", name)]


@pytest.mark.parametrize("setting", NAMES)
def test_every_cookie_is_in_the_guide_by_its_name_over_https(setting: str) -> None:
    name = getattr(settings, setting)
    assert re.search(rf"^\| `(__Host-)?{name}` \|", GUIDE.read_text(), re.MULTILINE)


def test_there_are_four() -> None:
    assert {"SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "LANGUAGE_COOKIE_NAME", "DEVICE_COOKIE_NAME"} <= set(NAMES)
