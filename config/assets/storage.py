"""The storage that collects static files: bundles pages' scripts and style sheets, hashes names, compresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile, File
from whitenoise.storage import CompressedManifestStaticFilesStorage

from config.assets.bundling import bundle_script, bundle_style

SCRIPTS, STYLES = "js/", "css/"
PAGE = re.compile(r"js/pages/[^/]+\.js")


class BundlingSource:
    """A source storage whose files open as bundles: each file with everything it imports."""

    def __init__(self, sources: Any) -> None:
        self.sources = sources

    def open(self, path: str) -> File[bytes]:
        bundle = bundle_script if path.endswith(".js") else bundle_style
        return ContentFile(bundle(path, self._read).encode())

    def _read(self, path: str) -> str:
        with self.sources.open(path) as source:
            return str(source.read().decode())


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage with hashed names and compression. Of our scripts it stores only the bundled entry files."""

    def post_process(self, paths: dict[str, Any], *args: Any, **options: Any) -> Iterator[Any]:
        served = {name: self._source(name, *found) for name, found in paths.items() if _is_served(name)}
        yield from super().post_process(served, *args, **options)  # type: ignore[no-untyped-call]

    @staticmethod
    def _source(name: str, sources: Any, path: str) -> tuple[Any, str]:
        return (BundlingSource(sources) if name.startswith(STYLES) or PAGE.fullmatch(name) else sources), path


def _is_served(name: str) -> bool:
    return not name.startswith(SCRIPTS) or PAGE.fullmatch(name) is not None
