"""An X display for Firefox, which can share a screen only where there is one."""

from __future__ import annotations

from tests.machine import program
from tests.services import Service

SIZE = (1280, 720)


class Display(Service):
    """An X server without hardware. It chooses a free number and writes it down."""

    name = "display"

    def command(self) -> list[str]:
        width, height = SIZE
        return [program("Xvfb"), "-displayfd", "1", "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"]

    def is_ready(self) -> bool:
        return self._number.isdigit()

    @property
    def _number(self) -> str:
        return self.log.strip().rpartition("\n")[2]  # before it, what it says of numbers that are taken

    def environment_of_clients(self) -> dict[str, str | float | bool]:
        return {**self.environment(), "DISPLAY": f":{self._number}"}
