"""Builds config/ground/unicode/tables.json from the Rust crate unicode-security, with Unicode's licence beside it.

    cargo new --lib tables && cd tables && cargo add unicode-security@0.1.3 && cargo vendor
    python scripts/make_unicode_tables.py vendor/unicode-security vendor/unicode-normalization

The crate (MIT or Apache-2.0, of the unicode-rs project) has two of the standard's lists as Rust constants, which this
script reads: Default_Ignorable_Code_Point (Unicode Standard, DerivedCoreProperties.txt) and the prototypes of UTS #39
(confusables.txt). Nothing of its code is used. Only unicode-normalization brings the licence of the data.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "config" / "ground" / "unicode"
CHAR = re.compile(r"'\\u\{([0-9a-f]+)\}'")
PAIR = re.compile(r"\(\s*'\\u\{([0-9a-f]+)\}',\s*'\\u\{([0-9a-f]+)\}'\s*\)")
MAPPING = re.compile(r"\(\s*'\\u\{([0-9a-f]+)\}',\s*&\[([^\]]*)\]\s*\)")


def constant(source: str, module: str, name: str) -> str:
    """Return the text of a Rust constant in a module."""
    found = re.search(rf"pub mod {module} \{{.*?const {name}:[^=]*= &\[(.*?)\n    \];", source, re.DOTALL)
    if found is None:
        raise SystemExit(f"there is no {module}::{name}")
    return found[1]


def joined(ranges: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Return ranges with neighbours made one."""
    merged: list[list[int]] = []
    for first, last in sorted(ranges):
        if merged and merged[-1][1] + 1 == first:
            merged[-1][1] = last
        else:
            merged.append([first, last])
    return merged


def main(security: Path, normalization: Path) -> None:
    source = (security / "src" / "tables.rs").read_text()
    version = re.search(r"UNICODE_VERSION: \(u64, u64, u64\) = \((\d+), (\d+), (\d+)\)", source)
    assert version is not None
    ignorable = constant(source, "default_ignorable_code_point", "DEFAULT_IGNORABLE")
    prototypes: dict[str, str] = {}
    for code, targets in MAPPING.findall(constant(source, "confusable_detection", "CONFUSABLES")):
        prototype = "".join(chr(int(one, 16)) for one in CHAR.findall(targets))
        prototypes[prototype] = prototypes.get(prototype, "") + chr(int(code, 16))
    tables = {
        "unicode": ".".join(version.groups()),
        "default_ignorable": joined((int(a, 16), int(b, 16)) for a, b in PAIR.findall(ignorable)),
        "prototypes": dict(sorted(prototypes.items())),
    }
    TARGET.mkdir(exist_ok=True)
    (TARGET / "tables.json").write_text(json.dumps(tables, separators=(",", ":")).replace('","', '",\n"') + "\n")
    shutil.copy(normalization / "LICENSE-UNICODE", TARGET / "LICENSE")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
