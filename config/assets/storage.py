from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile, File
from whitenoise.storage import CompressedManifestStaticFilesStorage

from config.assets.bundling import bundled_script, bundled_style

SCRIPTS, STYLES = "js/", "css/"
PAGE = re.compile(r"js/pages/[^/]+\.js")


class Bundles:
    """The source files of one folder, seen as entry files with all they import."""

    def __init__(self, sources: Any) -> None:
        self.sources = sources

    def open(self, path: str) -> File[bytes]:
        bundled = bundled_script if path.endswith(".js") else bundled_style
        return ContentFile(bundled(path, self._read).encode())

    def _read(self, path: str) -> str:
        with self.sources.open(path) as source:
            return str(source.read().decode())


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Hashed names, compressed; of our own scripts only what a page starts with, whole (see bundling)."""

    def post_process(self, paths: dict[str, Any], *args: Any, **options: Any) -> Iterator[Any]:
        wanted = {name: self._source(name, *found) for name, found in paths.items() if _is_wanted(name)}
        yield from super().post_process(wanted, *args, **options)  # type: ignore[no-untyped-call]

    @staticmethod
    def _source(name: str, sources: Any, path: str) -> tuple[Any, str]:
        return (Bundles(sources) if name.startswith(STYLES) or PAGE.fullmatch(name) else sources), path


def _is_wanted(name: str) -> bool:
    return not name.startswith(SCRIPTS) or PAGE.fullmatch(name) is not None
