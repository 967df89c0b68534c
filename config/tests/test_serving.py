"""config/serving: no private part of Daphne, Twisted, autobahn or uvicorn is used, and frames are counted exactly."""

from __future__ import annotations

import ast
import os
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.serving.frames import FrameScanner

ROOT = Path(__file__).resolve().parent.parent.parent
MODULES = sorted((ROOT / "config" / "serving").glob("*.py"))

# Of every class of config/serving: private names that a class it inherits from uses too, so that one hides the other.
HIDDEN = """
import django
django.setup()
from importlib import import_module
from inspect import unwrap

def names(kind):
    codes = [unwrap(part).__code__ for part in vars(kind).values() if hasattr(part, "__code__")]
    return set(vars(kind)) | {name for code in codes for name in code.co_names}

for module in ("daphne_server", "daphne_sockets", "daphne_transport", "uvicorn_server", "uvicorn_sockets"):
    module = import_module("config.serving." + module)
    for kind in vars(module).values():
        if isinstance(kind, type) and kind.__module__ == module.__name__:
            own = {name for name in names(kind) if name.startswith("_") and not name.endswith("__")}
            for base in kind.__mro__[1:]:
                if not base.__module__.startswith("config."):
                    print(*(f"{kind.__name__}.{name} of {base.__name__}" for name in own & names(base)), end="")
"""


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def root_of(target: ast.expr) -> str:
    while isinstance(target, ast.Attribute):
        target = target.value
    return target.id if isinstance(target, ast.Name) else ""


def own_names(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and root_of(node) == "self":
            yield node.attr


def imported(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Each name that an import binds, with the path it comes by."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            path = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
            for alias in node.names:
                yield (alias.asname or alias.name).partition(".")[0], path + alias.name


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_no_private_name_of_another_package_is_used(module):
    tree = ast.parse(module.read_text())
    used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert {name for name in used if is_private(name)} <= set(own_names(tree))
    assert not [path for _, path in imported(tree) if any(map(is_private, path.split(".")))]


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_nothing_of_another_package_is_replaced(module):
    tree = ast.parse(module.read_text())
    others = {name for name, _ in imported(tree)}
    stored = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)]
    assert not [ast.unparse(node) for node in stored if root_of(node) in others]
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == "setattr"]


def test_no_private_name_of_ours_hides_one_that_is_inherited():
    command = [sys.executable, "-W", "ignore", "-c", HIDDEN]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"}
    found = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert found.stdout == ""


def frame(length: int, masked: bool) -> bytes:
    bit = 0x80 if masked else 0
    if length < 126:
        head = struct.pack(">BB", 0x81, bit | length)
    elif length < 2**16:
        head = struct.pack(">BBH", 0x81, bit | 126, length)
    else:
        head = struct.pack(">BBQ", 0x81, bit | 127, length)
    return head + (b"mask" if masked else b"") + b"\xff" * length


LENGTHS = st.sampled_from([0, 1, 125, 126, 127, 300, 65535, 65536]) | st.integers(0, 1000)


@given(frames=st.lists(st.tuples(LENGTHS, st.booleans()), max_size=12), cuts=st.lists(st.integers(0, 10**5)))
def test_frames_are_counted_however_the_stream_is_cut(frames, cuts):
    stream = b"".join(frame(length, masked) for length, masked in frames)
    edges = sorted({0, len(stream), *(cut for cut in cuts if cut < len(stream))})
    scanner = FrameScanner()
    assert sum(scanner.count(stream[a:b]) for a, b in zip(edges, edges[1:], strict=False)) == len(frames)
    assert scanner.count(frame(5, True) * 3) == 3


def test_a_stream_of_single_bytes_is_counted():
    scanner = FrameScanner()
    stream = frame(0, True) + frame(130, True) + frame(70_000, False) + frame(1, True)
    assert sum(scanner.count(stream[n : n + 1]) for n in range(len(stream))) == 4
