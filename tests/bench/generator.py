"""Compiles and runs the load generator in ``generator/`` and parses its output."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.processes import cpu_seconds, pin
from tests.machine import program

SOURCES = Path(__file__).parent / "generator"
CORE = 1  # the servers are on core 0


@dataclass(frozen=True)
class Client:
    """One WebSocket that the generator opens."""

    port: int
    path: str
    cookie: str = "none"


@dataclass(frozen=True)
class Load:
    """The generator's work: ``phases`` in its syntax, for rooms of ``room_size`` clients."""

    clients: list[Client]
    room_size: int
    phases: list[str]
    dialect: str = "plain"


Phase = dict[str, Any]


@contextmanager
def built() -> Iterator[Path]:
    """Compile the generator; yields the path of the binary."""
    with tempfile.TemporaryDirectory(prefix="lanai-generator-") as folder:
        binary = Path(folder) / "generator"
        sources = sorted(map(str, SOURCES.glob("*.c")))
        command = [program("cc"), "-O2", "-Wall", "-Werror", "-std=gnu11", "-o", str(binary), *sources]
        subprocess.run(command, check=True)
        yield binary


def run(
    binary: Path,
    load: Load,
    server_pids: list[int],
    core: int | None = CORE,
    on_begin: Callable[[str], None] | None = None,
) -> dict[str, Phase]:
    """Run the load; return each phase's output by name, with ``server_cpu``: CPU seconds the servers used during it.

    ``on_begin`` is called with the name of each phase before the clients begin it.
    """
    lines = "".join(f"{client.port} {client.path} {client.cookie}\n" for client in load.clients)
    command = [str(binary), load.dialect, str(load.room_size), *load.phases]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin and process.stdout
        if core is not None and (os.cpu_count() or 1) > 1:
            pin(process.pid, core)
        process.stdin.write(lines)
        process.stdin.close()
        phases: dict[str, Phase] = {}
        before = 0.0
        for line in process.stdout:
            said = json.loads(line)
            used = sum(map(cpu_seconds, server_pids))
            if "begin" in said:
                before = used
                if on_begin:
                    on_begin(said["begin"])
            else:
                phases[said["phase"]] = {**said, "server_cpu": used - before}
    assert process.returncode == 0, f"the generator ended with {process.returncode}"
    return phases
