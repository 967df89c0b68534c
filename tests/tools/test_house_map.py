"""The map of the house, drawn from small projects."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.house_map import BEGIN, END, Map, entry_of, flowchart, label_boxes, neighbours, page_map, replace_block

LAYERS = {"Roof": ["config.asgi", "config.urls", "config.serving"], "Ground": ["config.ground"]}


def write(folder: Path, **files: str) -> None:
    for name, source in files.items():
        path = folder / (name.replace("__", "/") + ".js")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source)


def test_modules_beside_each_other_share_a_box() -> None:
    assert label_boxes(LAYERS, packages={"config.serving", "config.ground"}) == {
        "config.serving": "config.serving",
        "config.ground": "config.ground",
        "config.asgi": "config: asgi, urls",
        "config.urls": "config: asgi, urls",
    }


def test_a_module_that_is_on_no_floor_is_refused() -> None:
    assert entry_of("config.serving.listen", LAYERS) == "config.serving"
    with pytest.raises(ValueError, match="config.servings is on no floor"):
        entry_of("config.servings", LAYERS)


def test_every_way_to_import_in_javascript_counts(tmp_path: Path) -> None:
    write(
        tmp_path,
        words="",
        call__meeting='import { a,\n  b } from "../words.js";',
        media__devices='export { a } from "../words.js";',
        ui__tile='/** @typedef {import("../call/meeting.js").Meeting} Meeting */',
        pages__room='import "../ui/tile.js";\nimport { c } from "../media/devices.js";\nimport fs from "node:fs";',
    )
    drawn = page_map(tmp_path)
    assert drawn.imports == {
        "words": set(),
        "call": {"words"},
        "media": {"words"},
        "ui": {"call"},
        "pages": {"ui", "media"},
    }
    assert list(drawn.floors)[0] == "pages/"
    assert list(drawn.floors)[-1] == "Ground"


def test_a_folder_lies_on_the_floor_of_its_top_folder(tmp_path: Path) -> None:
    write(tmp_path, call__meeting='import "./webrtc/mesh.js";', call__webrtc__mesh="")
    assert page_map(tmp_path).floors == {"call/": ["call", "call/webrtc"]}


def test_floors_of_the_page_that_import_each_other_are_refused(tmp_path: Path) -> None:
    write(tmp_path, call__meeting='import "../ui/tile.js";', ui__tile='import "../call/meeting.js";')
    with pytest.raises(ValueError, match="circle"):
        page_map(tmp_path)


def test_arrows_that_others_imply_are_left_out() -> None:
    assert neighbours({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == {"a": {"b"}, "b": {"c"}, "c": set()}


def test_a_circle_loses_no_arrow() -> None:
    circle = {"a": {"b", "c"}, "b": {"a", "c"}, "c": set()}
    assert neighbours(circle) == circle


def test_a_flowchart_has_floors_boxes_and_arrows() -> None:
    drawn = Map({"Roof": ["a"], "Ground": ["b", "c"]}, {"a": {"b"}, "b": {"c"}, "c": {"b"}})
    assert flowchart(drawn).splitlines() == [
        "```mermaid",
        "flowchart TB",
        '  subgraph f0["Roof"]',
        '    n0["a"]',
        "  end",
        '  subgraph f1["Ground"]',
        '    n1["b"]',
        '    n2["c"]',
        "  end",
        "  n0 --> n1",
        "  n1 <--> n2",
        "```",
    ]


def test_only_what_is_between_the_markers_is_written() -> None:
    page = f"before\n{BEGIN}\nold\n{END}\nafter\n"
    assert replace_block(page, "new") == f"before\n{BEGIN}\n\nnew\n{END}\nafter\n"
    with pytest.raises(ValueError, match="has no lines"):
        replace_block("a page without them", "new")
