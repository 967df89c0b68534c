"""Two server processes on one Redis and one PostgreSQL, with one clock that the test moves."""

from __future__ import annotations

import json
import socket
import sys
from pathlib import Path
from typing import Any

from tests.model.clocked_server import START
from tests.stack import Process, Stack


class ClockedProcess(Process):
    """A server process and the connection to its control."""

    def __init__(self, port: int, settings: dict[str, str]) -> None:
        super().__init__(port, settings)
        self._path = Path(self.folder) / "control"
        self._link: socket.socket | None = None

    def command(self) -> list[str]:
        return [sys.executable, "-m", "tests.model.clocked_server", str(self._path)]

    def environment(self) -> dict[str, str]:
        root = str(Path(__file__).resolve().parents[2])
        return {**super().environment(), "PYTHONPATH": root}

    def start(self) -> ClockedProcess:
        self._path.unlink(missing_ok=True)
        super().start()
        self._link = socket.socket(socket.AF_UNIX)
        self._link.settimeout(20)
        self._link.connect(str(self._path))
        self._answers = self._link.makefile("rb")
        return self

    def ask(self, name: str, /, **fields: Any) -> Any:
        self.request(name, **fields)
        return self.answer()

    def request(self, name: str, /, **fields: Any) -> None:
        assert self._link is not None
        self._link.sendall(json.dumps([name, fields]).encode() + b"\n")

    def answer(self) -> Any:
        line = self._answers.readline()
        assert line, f"the server did not answer:\n{self.log[-3000:]}"
        return json.loads(line)

    def use(self, name: str, /, **fields: Any) -> Any:
        return self.ask("use", name=name, fields=fields)

    def _end(self, how: Any) -> None:
        if self._link is not None:
            self._answers.close()
            self._link.close()
            self._link = None
        super()._end(how)


class ClockedStack(Stack):
    """``now`` is the time of all its processes."""

    process_class = ClockedProcess
    processes: list[ClockedProcess]  # type: ignore[assignment]

    def __init__(self, name: str, settings: dict[str, str]) -> None:
        # Closed rooms are asked for again and again here, from one address.
        super().__init__(name, processes=2, **{"LANAI_UNKNOWN_CODES": "100000/minute", **settings})
        self.now = START

    def start_what_ended(self) -> None:
        super().start_what_ended()
        self.tick(0)

    def tick(self, seconds: float = 1.0) -> None:
        """Advance the time; every process reconciles once."""
        self.now += seconds
        self.all("tick", at=self.now)

    def all(self, name: str, /, **fields: Any) -> list[Any]:
        """Ask every process that runs, at once."""
        running = [process for process in self.processes if process.process is not None]
        for process in running:
            process.request(name, **fields)
        return [process.answer() for process in running]
