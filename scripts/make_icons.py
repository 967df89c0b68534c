"""Builds static/vendor/lucide/sprite.svg from the npm package lucide-static.

    npm pack lucide-static@1.62.0 && tar xf lucide-static-1.62.0.tgz
    python scripts/make_icons.py package

Only the icons named below are included, so that a page fetches one small file. To use another icon, add its name here
and run the script again.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "static" / "vendor" / "lucide"

NAMES = [
    "arrow-down",
    "arrow-right",
    "calendar",
    "camera",
    "check",
    "chevron-down",
    "chevron-left",
    "chevron-right",
    "circle-alert",
    "copy",
    "download",
    "ellipsis",
    "ellipsis-vertical",
    "grid-2x2",
    "hand",
    "house",
    "key-round",
    "keyboard",
    "layout-dashboard",
    "link",
    "lock",
    "lock-open",
    "log-in",
    "log-out",
    "mail",
    "maximize",
    "message-square",
    "mic",
    "mic-off",
    "minimize",
    "monitor",
    "monitor-off",
    "monitor-up",
    "moon",
    "panels-top-left",
    "pencil",
    "phone",
    "phone-off",
    "picture-in-picture-2",
    "pin",
    "pin-off",
    "plus",
    "qr-code",
    "refresh-cw",
    "send",
    "settings",
    "share-2",
    "shield",
    "smile",
    "spotlight",
    "sun",
    "trash-2",
    "triangle-alert",
    "user",
    "user-x",
    "users",
    "video",
    "video-off",
    "volume-2",
    "volume-x",
    "wifi-off",
    "x",
]

README = """# Lucide icons

`sprite.svg` holds {count} icons of [Lucide](https://lucide.dev) {version} (ISC, see LICENSE), taken
from the npm package `lucide-static` by `scripts/make_icons.py`, which also holds the list of names.
Nothing else was changed: each icon is one `<symbol>` with the stroke attributes of the original.

    <svg class="icon" aria-hidden="true"><use href="{{% static 'vendor/lucide/sprite.svg' %}}#mic"/></svg>
"""


def shapes(source: str) -> str:
    """Return the content of the ``<svg>`` element of an icon file, on one line."""
    inner = re.search(r"<svg[^>]*>(.*)</svg>", source, re.DOTALL)
    if inner is None:
        raise SystemExit("not an icon file")
    return re.sub(r"\s+", " ", inner[1]).replace("> <", "><").replace(" />", "/>").strip()


def symbol(package: Path, name: str) -> str:
    """Return an icon as a ``<symbol>`` element."""
    source = (package / "icons" / f"{name}.svg").read_text()
    return (
        f'<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" '
        f'stroke-linecap="round" stroke-linejoin="round">{shapes(source)}</symbol>'
    )


def main(package: Path) -> None:
    version = json.loads((package / "package.json").read_text())["version"]
    symbols = [symbol(package, name) for name in sorted(set(NAMES))]
    TARGET.mkdir(parents=True, exist_ok=True)
    lines = [f"<!-- Lucide {version}, ISC licence -->", '<svg xmlns="http://www.w3.org/2000/svg">']
    (TARGET / "sprite.svg").write_text("\n".join([*lines, *symbols, "</svg>", ""]))
    (TARGET / "README.md").write_text(README.format(count=len(symbols), version=version))
    shutil.copy(package / "LICENSE", TARGET / "LICENSE")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
