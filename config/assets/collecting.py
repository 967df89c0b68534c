"""Collects the static files, unless those in STATIC_ROOT were built from the same sources.

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
TOOLS = ("Django", "whitenoise", "Brotli", "rjsmin")
BUILD_MODULES = ("bundling.py", "storage.py", "collecting.py")


def collect_static_files() -> None:
    """Run ``collectstatic`` if sources or tools have changed, or if it was interrupted the last time.

    Raises BundleError and whatever ``collectstatic`` raises.
    """
    stamp = Path(settings.STATIC_ROOT) / STAMP
    sources = _digest()
    if stamp.exists() and stamp.read_text() == sources:
        return
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(sources)


def _digest() -> str:
    """Return a digest of the sources and of everything that affects the result: setting, tools, the modules here."""
    tools = [f"{name} {version(name)}" for name in TOOLS]
    modules = [hashlib.sha256(Path(__file__).with_name(name).read_bytes()).hexdigest() for name in BUILD_MODULES]
    parts = [settings.STORAGES["staticfiles"]["BACKEND"], *tools, *modules, *sorted(_sources())]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _sources() -> Iterator[str]:
    """Yield the path and the digest of each source file."""
    for finder in get_finders():
        for path, storage in finder.list([]):
            with storage.open(path) as source:
                yield f"{path} {hashlib.sha256(source.read()).hexdigest()}"
