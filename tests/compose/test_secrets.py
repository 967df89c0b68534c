"""`make secrets` writes strong secrets once and never replaces existing values."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path

import pytest
from django.test import override_settings

from config.checks import secrets_are_strong
from tests.compose.compose_file import SCRIPT
from tests.machine import ROOT

main, read_variables = SCRIPT["main"], SCRIPT["read_variables"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(ROOT / ".env.example", tmp_path)
    return tmp_path


def test_strong_secrets_are_written_readable_only_by_the_owner(folder: Path) -> None:
    main(folder)
    path = folder / ".env"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    made = {name: value for name, value in read_variables(path.read_text()).items() if name in SCRIPT["SECRET_BYTES"]}
    assert set(made) == set(SCRIPT["SECRET_BYTES"])
    assert len(set(made.values())) == len(made)
    with override_settings(SECRET_KEY=made["SECRET_KEY"], TURN_SECRET=made["TURN_SECRET"]):
        assert secrets_are_strong() == []


def test_existing_values_are_kept(folder: Path) -> None:
    path = folder / ".env"
    path.write_text("LANAI_HOST=meet.example.org\nSECRET_KEY=mine\nSOMETHING_ELSE=kept\n")
    main(folder)
    first = path.read_text()
    have = read_variables(first)
    assert (have["LANAI_HOST"], have["SECRET_KEY"], have["SOMETHING_ELSE"]) == ("meet.example.org", "mine", "kept")
    assert have["POSTGRES_PASSWORD"]
    main(folder)
    assert path.read_text() == first


def test_the_settings_left_to_fill_in_are_printed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(folder)
    assert "LANAI_HOST=" in capsys.readouterr().out
