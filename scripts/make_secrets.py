"""Writes .env for docker compose: .env.example with a fresh secret wherever one is wanted.

What .env holds already is kept; only what is missing is added. Needs nothing but Python.
"""

from __future__ import annotations

import os
import re
import secrets
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# The number of random bytes. All are letters, digits, "-" and "_", which need no quoting in URLs and files.
WANTED = {"SECRET_KEY": 64, "POSTGRES_PASSWORD": 32, "REDIS_PASSWORD": 32, "TURN_SECRET": 48}
LINE = re.compile(r"^(?P<name>[A-Z][A-Z0-9_]*)=(?P<value>.*)$")


def settings_in(text: str) -> dict[str, str]:
    """The variables that are set to something."""
    found = [match for line in text.splitlines() if (match := LINE.match(line))]
    return {match["name"]: match["value"] for match in found if match["value"].strip()}


def filled(template: str, have: dict[str, str]) -> str:
    """The template with the values there are, fresh secrets, and those of the values it does not know of."""
    lines, left = [], dict(have)
    for line in template.splitlines():
        match = LINE.match(line)
        name = match["name"] if match else ""
        value = left.pop(name, "") or fresh(name)
        lines.append(f"{name}={value}" if value else line)
    lines += [f"{name}={value}" for name, value in left.items()]
    return "\n".join(lines) + "\n"


def fresh(name: str) -> str:
    return secrets.token_urlsafe(WANTED[name]) if name in WANTED else ""


def write_privately(path: Path, text: str) -> None:
    """Only the owner may ever read it, not even for the moment between writing and chmod."""
    new = path.with_name(path.name + ".new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    new.replace(path)


def main(folder: Path = ROOT) -> int:
    path = folder / ".env"
    have = settings_in(path.read_text()) if path.exists() else {}
    write_privately(path, filled((folder / ".env.example").read_text(), have))
    made = [name for name in WANTED if name not in have]
    print(f"{path.name}: made {', '.join(made)}." if made else f"{path.name} has all its secrets; they are kept.")
    if "LANAI_HOST" not in have:
        print(f"Now write the name of your site into {path.name}: LANAI_HOST=meet.example.org")
    return 0


if __name__ == "__main__":
    sys.exit(main())
