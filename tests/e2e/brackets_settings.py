"""Lanai as it is, but for its German: see brackets.py."""

from __future__ import annotations

import os
from pathlib import Path

from config.settings import *  # noqa: F403

_FOLDER = Path(os.environ["LANAI_BRACKETS"])
LOCALE_PATHS = [_FOLDER / "locale"]
STATICFILES_DIRS = [_FOLDER / "static"]
