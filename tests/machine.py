"""The machine that tests run on: free ports, installed programs, its own address, and waiting for a condition."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from config.lan.hosts import lan_address

ROOT = Path(__file__).resolve().parent.parent
# Below the range of ephemeral ports, so that no other program is given the same port by chance.
PORTS = range(20000, 32000)
_given: set[int] = set()


def wait_until(probe: Callable[[], Any], what: str, within: float = 20.0) -> Any:
    """The first true value of ``probe``, polled until the deadline; AssertionError if there is none."""
    deadline = time.monotonic() + within
    while not (value := probe()):
        if time.monotonic() > deadline:
            raise AssertionError(f"after {within:g} s still no {what}")
        time.sleep(0.02)
    return value


def free_port() -> int:
    """A port that is free for TCP and UDP, given out once."""
    while True:
        port = random.choice(PORTS)
        if port not in _given and _is_free(port):
            _given.add(port)
            return port


def _is_free(port: int) -> bool:
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        with socket.socket(socket.AF_INET, kind) as probe:
            try:
                probe.bind(("", port))
            except OSError:
                return False
    return True


def accepts(host: str, port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection((host, port), timeout=1):
        return True
    return False


def own_address() -> str:
    """This machine's address in its network. Relays refuse loopback, so a real one is needed."""
    return lan_address() or pytest.fail("This machine has no address but loopback, and TURN needs another.")


def program(name: str) -> str:
    """The path of a server's program, also where Debian keeps it off the PATH."""
    folders = [
        *os.environ.get("PATH", "").split(os.pathsep),
        "/usr/sbin",
        "/usr/local/sbin",
        *_postgres_folders(),
    ]
    if found := shutil.which(name, path=os.pathsep.join(folders)):
        return found
    pytest.fail(f"{name} is not installed. To install what the tests need: scripts/install_test_deps.sh")


def _postgres_folders() -> list[str]:
    folders = Path("/usr/lib/postgresql").glob("*/bin")
    return [str(folder) for folder in sorted(folders, key=lambda folder: -float(folder.parent.name))]


def chromium() -> str:
    """The browser of the tests; CHROMIUM names another than the system's."""
    return _browser("CHROMIUM", "chromium", "google-chrome", "google-chrome-stable")


def firefox() -> str:
    """The other browser of the tests; FIREFOX names another than the system's."""
    return _browser("FIREFOX", "firefox-esr", "firefox")


def _browser(variable: str, *names: str) -> str:
    named = os.environ.get(variable)
    for name in [named] if named else names:
        if found := shutil.which(name):
            return found
    wanted = variable.capitalize()
    pytest.fail(f"{wanted} is not installed. To install what the tests need: scripts/install_test_deps.sh")
