"""What people's browsers get: hashed, compressed, and without our comments."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import call_command

JAVASCRIPT = Path(__file__).resolve().parent.parent.parent / "static" / "js"


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory):
    from django.test import override_settings

    root = tmp_path_factory.mktemp("static")
    with override_settings(STATIC_ROOT=root):
        call_command("collectstatic", interactive=False, verbosity=0)
    return root


def test_modules_import_each_other_by_hashed_names(collected):
    (room,) = collected.glob("js/pages/room.????????????.js")
    imports = re.findall(r'from"([^"]+)"', room.read_text())
    assert imports
    for name in imports:
        assert re.search(r"\.[0-9a-f]{12}\.js$", name), name
        assert (room.parent / name).resolve().exists(), name


def test_comments_are_left_out_and_both_encodings_are_there(collected):
    for source in JAVASCRIPT.rglob("*.js"):
        relative = source.relative_to(JAVASCRIPT)
        (served,) = collected.glob(f"js/{relative.with_suffix('')}.????????????.js")
        assert "@typedef" not in served.read_text()
        assert served.stat().st_size <= source.stat().st_size
    (room,) = collected.glob("js/call/meeting.????????????.js")
    assert room.with_name(room.name + ".gz").exists()
    assert room.with_name(room.name + ".br").exists()
