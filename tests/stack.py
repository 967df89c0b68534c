"""Lanai as people run it: ``manage.py prepare`` and ``manage.py serve``, in one process or in several."""

from __future__ import annotations

import atexit
import contextlib
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path
from typing import Self

from tests.machine import ROOT, free_port
from tests.services import Service

LOUD = re.compile(r"\b(WARNING|ERROR|CRITICAL)\b|Traceback|Unhandled")
NEW_RECORD = re.compile(r"^(?=\d{4}-\d\d-\d\d )", re.MULTILINE)
FIRST_PASSWORD = re.compile(r"password\s+(\S+)")
# Collected by the first stack for all others of the run: compressing these files takes longer than starting one.
STATIC = Path(tempfile.mkdtemp(prefix="lanai-static-")) / "static"
atexit.register(shutil.rmtree, STATIC.parent, ignore_errors=True)
MANAGE = [sys.executable, str(ROOT / "manage.py")]


class Process(Service):
    """One ``manage.py serve``. Started again it has the same address."""

    name = "lanai"

    def __init__(self, port: int, settings: dict[str, str]) -> None:
        super().__init__()
        self.settings = {**settings, "PORT": str(port)}
        self.origin = f"http://{settings.get('HOST', '127.0.0.1')}:{port}"
        self._read = 0

    def command(self) -> list[str]:
        return [*MANAGE, "serve"]

    def environment(self) -> dict[str, str]:
        return {**super().environment(), **self.settings, "PYTHONUNBUFFERED": "1"}

    def is_ready(self) -> bool:
        with (
            contextlib.suppress(OSError),
            urllib.request.urlopen(f"{self.origin}/readyz", timeout=2) as answer,
        ):
            return bool(answer.status == 200)
        return False

    def complaints(self) -> list[str]:
        """Log records of level warning or worse since the last call."""
        log = self.log
        records, self._read = NEW_RECORD.split(log[self._read :]), len(log)
        found = [record for record in records if LOUD.search(record)]
        if self.process is not None and self.process.poll() is not None:
            found.append(f"{self.origin} ended by itself with {self.process.returncode}:\n{log[-2000:]}")
            self.process = None
        return found


def _copy(source: Path, target: Path) -> None:
    if source.exists() and not target.exists():
        shutil.copytree(source, target)


class Stack:
    """A running Lanai. Several processes share one database and one Redis, as their settings say."""

    process_class = Process

    def __init__(self, name: str, processes: int = 1, host: str = "127.0.0.1", **settings: str) -> None:
        self.name = name
        self.folder = tempfile.TemporaryDirectory(prefix=f"lanai-{name}-")
        ports = [free_port() for _ in range(processes)]
        self.settings = {
            "LANAI_DATA_DIR": self.folder.name,
            "SECRET_KEY": secrets.token_urlsafe(64),
            "HOST": host,
            "SITE_ORIGINS": ",".join(f"http://{host}:{port}" for port in ports),
            "LANAI_WORKERS": str(processes),
            # Everybody in the tests has the same address.
            "LANAI_SOCKETS_PER_ADDRESS": "100000",
            "LANAI_GUESTS_PER_ADDRESS": "100000",
            **settings,
        }
        self.processes = [self.process_class(port, self.settings) for port in ports]
        self.first_password = ""

    @property
    def origins(self) -> list[str]:
        return [process.origin for process in self.processes]

    def __enter__(self) -> Self:
        environment = self.processes[0].environment()
        static = Path(self.folder.name) / "static"
        _copy(STATIC, static)
        made = subprocess.run([*MANAGE, "prepare"], env=environment, capture_output=True, text=True, check=False)
        shown = FIRST_PASSWORD.search(made.stdout)
        assert made.returncode == 0 and shown, made.stdout + made.stderr
        self.first_password = shown[1]
        _copy(static, STATIC)
        try:
            self.start_what_ended()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for process in self.processes:
            process.__exit__()
        self.folder.cleanup()

    def start_what_ended(self) -> None:
        """Start processes that have ended, so that a test that failed between stop and start does not fail others."""
        for process in self.processes:
            if process.process is None:
                process.start()

    def stop(self) -> None:
        for process in self.processes:
            process.stop()

    def complaints(self) -> list[str]:
        return [line for process in self.processes for line in process.complaints()]
