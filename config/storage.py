from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Hashed names for static files, also inside the import lines of JavaScript modules."""

    support_js_module_import_aggregation = True
