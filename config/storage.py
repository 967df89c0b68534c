from __future__ import annotations

from typing import Any

import rjsmin
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Hashed names for static files, also inside the import lines of our JavaScript modules, whose comments and
    spaces are left out."""

    support_js_module_import_aggregation = True
    # Django's last pattern is for `import("…")`, which here stands only in the types of comments. Those may
    # go in a circle, and a circle never gets a hash.
    _js_module_import_aggregation_patterns = (
        "*.js",
        CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1][:3],  # type: ignore[attr-defined]
    )
    # A new hash moves up one level of imports in each pass, and modules nest deeper than Django's five.
    max_post_process_passes = 20

    def _save(self, name: str, content: Any) -> str:
        if name.startswith("js/"):
            content.seek(0)  # it was read already, for its hash
            content = ContentFile(rjsmin.jsmin(content.read().decode()).encode())
        return str(super()._save(name, content))  # type: ignore[misc]
