"""`make` names a missing program in one sentence, with the line that installs it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.machine import ROOT

TOOLS = ["cat", "grep", "head", "id", "ls", "readlink", "sh"]
BROWSERS = ["chromium", "firefox-esr", "Xvfb"]
WANTED = ["redis-server", "initdb", "turnserver", "caddy", "node", "npm", *BROWSERS, "xgettext", "ip", "tc", "nft"]


@pytest.fixture
def bin_folder(tmp_path: Path) -> Path:
    """A PATH with little on it. The programs of the tests are stand-ins."""
    for tool in TOOLS:
        (tmp_path / tool).symlink_to(str(shutil.which(tool)))
    for name in WANTED:
        stand_in(tmp_path / name, "echo 20")
    return tmp_path


def stand_in(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def install(bin_folder: Path) -> subprocess.CompletedProcess[str]:
    script = str(ROOT / "scripts" / "install_test_deps.sh")
    environment = {"PATH": str(bin_folder)}
    return subprocess.run(["/bin/sh", script], env=environment, capture_output=True, text=True, check=False)


def test_nothing_is_printed_when_nothing_is_missing(bin_folder: Path) -> None:
    ran = install(bin_folder)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")


def test_a_node_that_is_too_old_is_missing(bin_folder: Path) -> None:
    stand_in(bin_folder / "node", "echo 12")
    assert install(bin_folder).stderr.strip() == "The tests need these, by the names Debian gives them: nodejs"


@pytest.mark.parametrize("browser", ["chromium", "firefox-esr"])
def test_a_browser_in_a_snap_does_not_count(bin_folder: Path, browser: str) -> None:
    stand_in(bin_folder / browser, f"exec /snap/bin/{browser}")
    ran = install(bin_folder)
    assert ran.returncode == 1
    assert browser.partition("-")[0] in ran.stderr.lower()


def test_a_person_who_may_not_install_gets_the_line_to_type(bin_folder: Path) -> None:
    (bin_folder / "caddy").unlink()
    stand_in(bin_folder / "apt-get", "exit 1")
    stand_in(bin_folder / "id", "echo 1000")
    ran = install(bin_folder)
    assert ran.returncode == 1
    assert ran.stderr.strip().endswith("type: sudo apt-get install --no-install-recommends caddy")


def test_an_old_python_is_refused_with_a_sentence() -> None:
    checker = (ROOT / "scripts" / "check_python.py").read_text()
    old = "import sys; sys.version_info = (3, 9, 2)\n" + checker
    ran = subprocess.run(["python3", "-c", old], capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert ran.stderr.startswith("Lanai needs Python 3.11 or newer; this is 3.9.")


def test_make_without_a_target_lists_the_targets() -> None:
    listed = subprocess.run(["make", "-C", str(ROOT)], capture_output=True, text=True, check=True).stdout
    for target in ("run", "run-lan", "test", "secrets", "clean"):
        assert f"\n{target} " in f"\n{listed}"
