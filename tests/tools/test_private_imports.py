"""Product code imports no private modules or names of libraries: they change in any release without a word."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.machine import ROOT

OURS = {"accounts", "config", "rooms", "scripts", "tests"}


def imported(source: str) -> Iterator[tuple[str, ...]]:
    """The dotted paths that absolute imports name, in parts. An imported name is the last part of its path."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (tuple(alias.name.split(".")) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from ((*str(node.module).split("."), alias.name) for alias in node.names)


def private_imports(source: str) -> list[str]:
    return [
        ".".join(path)
        for path in imported(source)
        if path[0] not in OURS and path[0] != "__future__" and any(map(is_private, path))
    ]


def is_private(part: str) -> bool:
    return part == "internal" or (part.startswith("_") and not part.endswith("__"))


@pytest.mark.parametrize("package", ["accounts", "config", "rooms"])
def test_no_private_import(package: str) -> None:
    files = [path for path in (ROOT / package).rglob("*.py") if "tests" not in path.relative_to(ROOT).parts]
    assert files
    found = {str(path.relative_to(ROOT)): private_imports(path.read_text()) for path in files}
    assert {path: names for path, names in found.items() if names} == {}


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("from allauth.core.internal import ratelimit", ["allauth.core.internal.ratelimit"]),
        ("from allauth.core import internal", ["allauth.core.internal"]),
        ("import allauth.account.internal.flows as flows", ["allauth.account.internal.flows"]),
        ("def late():\n    from redis._parsers import hiredis", ["redis._parsers.hiredis"]),
        ("from asyncio import _get_running_loop", ["asyncio._get_running_loop"]),
        ("from __future__ import annotations\nfrom twisted.internet import reactor as _reactor", []),
        ("from limits import __version__\nfrom rooms.rules._x import y\nfrom . import _z", []),
    ],
)
def test_the_check_finds_them(source: str, names: list[str]) -> None:
    assert private_imports(source) == names


def test_every_package_is_checked() -> None:
    packages = {path.parent.name for path in Path(ROOT).glob("*/__init__.py")}
    assert packages == OURS
