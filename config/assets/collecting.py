"""Collects the static files, unless those that are there were made from the very same sources.

Compressing them takes seconds, and most starts change nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

STAMP = ".collected"
MADE_BY = ("Django", "whitenoise", "Brotli", "rjsmin")
OWN = ("bundling.py", "storage.py", "collecting.py")


def collect_static_files() -> None:
    """Raises CannotBundle and what ``collectstatic`` raises; what was half collected is collected anew."""
    stamp = Path(settings.STATIC_ROOT) / STAMP
    sources = _digest()
    if stamp.exists() and stamp.read_text() == sources:
        return
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(sources)


def _digest() -> str:
    """Of the sources and of everything that decides what becomes of them."""
    made_by = [f"{name} {version(name)}" for name in MADE_BY]
    own = [hashlib.sha256(Path(__file__).with_name(name).read_bytes()).hexdigest() for name in OWN]
    parts = [settings.STORAGES["staticfiles"]["BACKEND"], *made_by, *own, *sorted(_sources())]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _sources() -> Iterator[str]:
    for finder in get_finders():
        for path, storage in finder.list([]):
            with storage.open(path) as source:
                yield f"{path} {hashlib.sha256(source.read()).hexdigest()}"
