"""The import contracts in pyproject.toml, tried on a project of empty modules."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from scripts.check_imports import find_circle
from tests.machine import ROOT

SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
LAYERS = next(each["layers"] for each in SETTINGS["importlinter"]["contracts"] if each["id"] == "floors")
MODULES = [module for layer in LAYERS for module in re.findall(r"[\w.]+", layer)]
FLOORS = "Lower floors import nothing from upper floors"
FOLDERS = "No circles between the folders of a package"
CIRCLES = "No circles between modules"
UNDER_TYPE_CHECKING = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import rooms.handlers\n"


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Every package and module that the contract names, each empty, and in the services two modules."""
    for module in [*MODULES, "rooms.tests", "accounts.tests.cast", "rooms.services.seats", "rooms.services.chat"]:
        folder = tmp_path / module.replace(".", "/")
        folder.mkdir(parents=True, exist_ok=True)
        for package in [folder, *folder.parents][: module.count(".") + 1]:
            (package / "__init__.py").touch()
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def write(house: Path, module: str, source: str) -> None:
    (house / module.replace(".", "/") / "__init__.py").write_text(source)


def broken(house: Path) -> list[str]:
    """The names of the contracts that are broken."""
    lint = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache", "--no-logo"]
    ran = subprocess.run(lint, cwd=house, capture_output=True, text=True, check=False)
    names = re.findall(r"^(.*) BROKEN", ran.stdout, re.MULTILINE)
    assert ran.returncode == bool(names), ran.stdout + ran.stderr
    return names


def test_imports_of_lower_floors_are_fine(house: Path) -> None:
    write(house, "config.routing", "import rooms.realtime")
    write(house, "rooms.realtime", "import rooms.handlers")
    write(house, "rooms.handlers", "from rooms.services import seats\nimport accounts")
    write(house, "rooms.services", "import rooms.services.seats, rooms.services.chat")
    write(house, "rooms.services.chat", "import rooms.services.seats, rooms.models, config.ground")
    write(house, "accounts.tests.cast", "import rooms.realtime")
    assert broken(house) == []


@pytest.mark.parametrize(
    "source", ["import rooms.handlers", "def late():\n    import rooms.handlers", UNDER_TYPE_CHECKING]
)
def test_an_import_of_an_upper_floor_is_not(house: Path, source: str) -> None:
    write(house, "rooms.services.seats", source)
    assert broken(house) == [FLOORS]


def test_packages_on_one_line_do_not_import_each_other(house: Path) -> None:
    write(house, "rooms.protocol", "import rooms.runtime")
    assert broken(house) == [FLOORS]


def test_only_the_roof_imports_the_sockets(house: Path) -> None:
    write(house, "rooms.views", "import rooms.realtime")
    assert broken(house) == [FLOORS, "Only the servers and the commands import the sockets"]


def test_accounts_import_nothing_of_rooms(house: Path) -> None:
    write(house, "accounts", "import rooms.models")
    assert broken(house) == [FLOORS, "Accounts import nothing of rooms"]


def test_the_ground_imports_nothing_of_ours(house: Path) -> None:
    write(house, "config.ground", "import config.lan")
    assert "The ground imports nothing of ours" in broken(house)


def test_two_modules_may_not_import_each_other(house: Path) -> None:
    write(house, "rooms.services.seats", "import rooms.services.chat")
    write(house, "rooms.services.chat", "import rooms.services.seats")
    assert broken(house) == [FOLDERS, CIRCLES]


def test_a_module_may_not_import_the_package_that_imports_it(house: Path) -> None:
    write(house, "rooms.services", "import rooms.services.seats")
    write(house, "rooms.services.seats", "import rooms.services")
    assert broken(house) == [CIRCLES]


def test_a_circle_is_reported_in_the_order_of_its_imports() -> None:
    assert find_circle({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) in (
        ["a", "b", "c", "a"],
        ["b", "c", "a", "b"],
        ["c", "a", "b", "c"],
    )
    assert find_circle({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []
