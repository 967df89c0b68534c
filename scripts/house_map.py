"""Draws the import graph of the code as two Mermaid flowcharts, the map of the house, into docs/architecture.md.

    python scripts/house_map.py            # writes it
    python scripts/house_map.py --check    # fails if it is out of date

A box is a package (Python) or a folder (JavaScript); modules that are in none of those share a box. An arrow is an
import; one that a chain of other arrows implies is left out, so that arrows lead to neighbours only.

The floors of the server are the layers of the contract in pyproject.toml. Those of the page are its top folders, in the
order in which they import each other. Raises `ValueError` for a module without a floor, and for top folders of the page
that import each other in a circle.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import grimp  # noqa: E402

from scripts.check_imports import find_circle  # noqa: E402

PAGE = Path("docs/architecture.md")
BEGIN, END = "<!-- house map: begin -->", "<!-- house map: end -->"
# Nothing imports these but Django and the test runner.
UNDRAWN = re.compile(r"\.(tests|migrations)(\.|$)|^(accounts|config|rooms)$")
# `import … from "./a.js"`, `export … from "./a.js"`, `import "./a.js"`, and `import("./a.js")` in JSDoc.
JS_IMPORT = re.compile(r"""\b(?:from|import)\s*\(?\s*["'](\.[^"']+)["']""")

Imports = dict[str, set[str]]


@dataclass(frozen=True)
class Map:
    """Boxes by floor, from the top down, and which box imports which. A box is named by its label."""

    floors: dict[str, list[str]]
    imports: Imports


def main(root: Path, arguments: list[str]) -> int:
    page = root / PAGE
    before = page.read_text()
    after = replace_block(before, render(server_map(root), page_map(root / "static" / "js")))
    if "--check" in arguments:
        if before != after:
            print(f"{PAGE}: the map of the house is out of date; `make map` draws it anew.", file=sys.stderr)
        return int(before != after)
    page.write_text(after)
    return 0


def replace_block(text: str, block: str) -> str:
    head, begin, rest = text.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"{PAGE} has no lines {BEGIN} and {END}.")
    return f"{head}{BEGIN}\n\n{block}\n{END}{tail}"


def server_map(root: Path) -> Map:
    settings = tomllib.loads((root / "pyproject.toml").read_text())["tool"]
    layers = read_layers(settings)
    graph = grimp.build_graph(*settings["importlinter"]["root_packages"], cache_dir=None)
    modules = sorted(module for module in graph.modules if not UNDRAWN.search(module))
    entries = {module: entry_of(module, layers) for module in modules}
    boxes = label_boxes(layers, packages={entry for module, entry in entries.items() if entry != module})
    box_of = {module: boxes[entry] for module, entry in entries.items()}
    imports = {module: graph.find_modules_directly_imported_by(module) for module in modules}
    floors = {title: unique(boxes[entry] for entry in sorted(layer)) for title, layer in layers.items()}
    return Map(floors, between_boxes(imports, box_of))


def read_layers(settings: dict[str, Any]) -> dict[str, list[str]]:
    """Return the names on each floor by its title, from the top down."""
    contract = next(each for each in settings["importlinter"]["contracts"] if each["type"] == "layers")
    layers = [re.findall(r"[\w.]+", layer) for layer in contract["layers"]]
    return dict(zip(settings["house_map"]["floors"], layers, strict=True))


def entry_of(module: str, layers: dict[str, list[str]]) -> str:
    for entry in (entry for layer in layers.values() for entry in layer):
        if module == entry or module.startswith(f"{entry}."):
            return entry
    raise ValueError(f"{module} is on no floor: name it in the layers of pyproject.toml.")


def label_boxes(layers: dict[str, list[str]], packages: set[str]) -> dict[str, str]:
    """Return the box of each name in a layer: a package has its own, sibling modules on one floor share one."""
    labels = {package: package for package in packages}
    for layer in layers.values():
        modules = sorted(entry for entry in layer if entry not in packages)
        for module in modules:
            parent = module.rpartition(".")[0]
            beside = [other.rpartition(".")[2] for other in modules if other.rpartition(".")[0] == parent]
            labels[module] = f"{parent}: {', '.join(beside)}"
    return labels


def page_map(folder: Path) -> Map:
    files = sorted(folder.rglob("*.js"))
    imports = {str(file): set(js_imports(file)) for file in files}
    shared = ", ".join(file.stem for file in files if file.parent == folder)
    box_of = {str(file): file.parent.relative_to(folder).as_posix() for file in files}
    box_of = {file: shared if box == "." else box for file, box in box_of.items()}
    drawn = between_boxes(imports, box_of)
    floor_of = {box: "Ground" if box == shared else f"{box.split('/')[0]}/" for box in drawn}
    order = order_floors(between_boxes(drawn, floor_of))
    return Map({floor: sorted(box for box in drawn if floor_of[box] == floor) for floor in order}, drawn)


def js_imports(file: Path) -> Iterator[str]:
    for match in JS_IMPORT.finditer(file.read_text()):
        yield str((file.parent / match[1]).resolve())


def order_floors(imports: Imports) -> list[str]:
    if circle := find_circle(imports):
        raise ValueError(f"Folders import each other in a circle: {' -> '.join(circle)}")
    return list(TopologicalSorter({each: sorted(imports[each]) for each in sorted(imports)}).static_order())[::-1]


def between_boxes(imports: Imports, box_of: dict[str, str]) -> Imports:
    """Return which boxes each box imports. Modules that are in no box are left out."""
    found: Imports = {box: set() for box in sorted(set(box_of.values()))}
    for importer, box in box_of.items():
        found[box] |= {box_of[imported] for imported in imports[importer] if imported in box_of} - {box}
    return found


def neighbours(imports: Imports) -> Imports:
    """Return the imports without those that a chain of others implies (transitive reduction). Circles stay whole."""
    below = {box: reachable(imports, box) for box in imports}
    return {
        box: {other for other in found if not implied(imports, below, box, other)} for box, found in imports.items()
    }


def implied(imports: Imports, below: Imports, box: str, other: str) -> bool:
    between = (third for third in imports[box] - {other} if third not in below[other] and box not in below[third])
    return any(other in below[third] for third in between)


def reachable(imports: Imports, start: str) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        new = imports[waiting.pop()] - found
        found |= new
        waiting += new
    return found


def unique(labels: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(labels))


def render(server: Map, page: Map) -> str:
    return (
        "## Map of the house\n\n"
        "`make map` draws this from the imports of the code. An arrow is an import; those that other arrows imply are\n"
        "left out. Nothing imports upward: `make lint` checks it.\n\n"
        f"The server:\n\n{flowchart(server)}\nThe page (`static/js/`):\n\n{flowchart(page)}"
    )


def flowchart(drawn: Map) -> str:
    boxes = [box for floor in drawn.floors.values() for box in floor]
    ids = {box: f"n{number}" for number, box in enumerate(boxes)}
    lines = ["```mermaid", "flowchart TB"]
    for number, (title, floor) in enumerate(drawn.floors.items()):
        lines.append(f'  subgraph f{number}["{title}"]')
        lines += [f'    {ids[box]}["{box}"]' for box in floor]
        lines.append("  end")
    lines += [f"  {ids[box]} {arrow} {ids[other]}" for box, arrow, other in arrows(drawn.imports, boxes)]
    return "\n".join([*lines, "```", ""])


def arrows(imports: Imports, boxes: list[str]) -> Iterator[tuple[str, str, str]]:
    """Yield (box, arrow, box). Boxes that import each other share one arrow."""
    drawn = neighbours(imports)
    for box in boxes:
        for other in sorted(drawn[box], key=boxes.index):
            if box not in drawn[other]:
                yield box, "-->", other
            elif boxes.index(box) < boxes.index(other):
                yield box, "<-->", other


if __name__ == "__main__":
    sys.exit(main(ROOT, sys.argv[1:]))
