"""The image contains what its commands need, and no tests, tools or secrets."""

from __future__ import annotations

import fnmatch
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.machine import ROOT


def is_sent(path: str) -> bool:
    """True if .dockerignore sends the file to the build: the last pattern that matches decides."""
    sent = True
    for line in (ROOT / ".dockerignore").read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        keeps, pattern = line.startswith("!"), line.lstrip("!")
        if any(matches(part, pattern) for part in (path, *map(str, Path(path).parents))):
            sent = keeps
    return sent


def matches(path: str, pattern: str) -> bool:
    anywhere = pattern.removeprefix("**/")
    candidates = [path] if anywhere == pattern else [path, *("/".join(path.split("/")[n:]) for n in range(9))]
    return any(fnmatch.fnmatch(each, anywhere) and each.count("/") == anywhere.count("/") for each in candidates)


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the image's /app."""
    folder = tmp_path_factory.mktemp("image")
    tracked = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True)
    for path in filter(is_sent, tracked.stdout.splitlines()):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, folder / path)
    return folder


def test_the_image_contains_no_tests_tools_or_secrets(image: Path) -> None:
    names = {str(path.relative_to(image)) for path in image.rglob("*") if path.is_file()}
    assert {"manage.py", "requirements.txt", "deploy/healthcheck.py", "LICENSE"} <= names
    assert not [name for name in names if re.search(r"(^|/)(tests|node_modules|\.git|var)/|\.env|Makefile", name)]


def test_the_image_runs_the_commands_of_its_services(image: Path, tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "LANAI_DATA_DIR": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    for command in (["prepare"], ["check"], ["serve", "--help"]):
        ran = subprocess.run(
            [sys.executable, "manage.py", *command], cwd=image, env=environment, capture_output=True, text=True
        )
        assert ran.returncode == 0, ran.stderr
    assert list((tmp_path / "static").rglob("*.css"))


def test_the_image_contains_every_translation(image: Path) -> None:
    for compiled in (ROOT / "locale").rglob("*.mo"):
        assert (image / compiled.relative_to(ROOT)).exists(), compiled


def test_the_image_runs_unprivileged_and_has_a_health_check() -> None:
    last_stage = (ROOT / "Dockerfile").read_text().rpartition("FROM ")[2]
    assert "USER lanai" in last_stage
    assert "HEALTHCHECK" in last_stage
