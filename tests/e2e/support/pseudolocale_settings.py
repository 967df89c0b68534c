"""Settings of a Lanai whose German is the pseudo-locale of pseudolocale.py."""

from __future__ import annotations

import os
from pathlib import Path

from config.settings import *  # noqa: F403

_FOLDER = Path(os.environ["LANAI_PSEUDOLOCALE"])
LOCALE_PATHS = [_FOLDER / "locale"]
STATICFILES_DIRS = [_FOLDER / "static"]
