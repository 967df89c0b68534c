"""A client that can be killed or stopped: a process with one socket that sends heartbeats."""

from __future__ import annotations

import asyncio
import secrets
import subprocess
import sys
from pathlib import Path
from typing import Self

from tests.model.connection import Connection

BEAT_SECONDS = 0.05


class Browser:
    """``seat`` is where it sits."""

    def __init__(self, origin: str, slug: str, cookie: str) -> None:
        self.key = secrets.token_hex(16)
        command = [sys.executable, "-m", "tests.model.client_process", origin, slug, cookie, self.key]
        root = Path(__file__).resolve().parents[2]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root)
        assert self.process.stdout is not None
        self.seat = self.process.stdout.readline().strip()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.communicate()


async def sit(origin: str, slug: str, cookie: str, key: str) -> None:
    line = Connection()
    await line.open(origin, f"/ws/r/{slug}/", cookie)
    await line.ask("hello", key=key, page="0" * 8, attempt=1, nickname="Grace", mic=True, cam=True)
    print(line.seat, flush=True)
    while line.is_open:
        await line.beat()
        await asyncio.sleep(BEAT_SECONDS)


if __name__ == "__main__":
    asyncio.run(sit(*sys.argv[1:]))
