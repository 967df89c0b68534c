"""Writes .env for docker compose: .env.example with generated secrets.

Values that .env has already are kept; only missing ones are added. Needs nothing but Python.
"""

from __future__ import annotations

import os
import re
import secrets
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Random bytes of each secret. The secrets consist of letters, digits, "-" and "_", which need no quoting in URLs and
# files.
SECRET_BYTES = {"SECRET_KEY": 64, "POSTGRES_PASSWORD": 32, "REDIS_PASSWORD": 32, "TURN_SECRET": 48}
LINE = re.compile(r"^(?P<name>[A-Z][A-Z0-9_]*)=(?P<value>.*)$")


def read_variables(text: str) -> dict[str, str]:
    """Return the variables with a value, by name."""
    found = [match for line in text.splitlines() if (match := LINE.match(line))]
    return {match["name"]: match["value"] for match in found if match["value"].strip()}


def fill_template(template: str, known: dict[str, str]) -> str:
    """Return the template with the known values and generated secrets, then the known values it has no line for."""
    lines, left = [], dict(known)
    for line in template.splitlines():
        match = LINE.match(line)
        name = match["name"] if match else ""
        value = left.pop(name, "") or generate_secret(name)
        lines.append(f"{name}={value}" if value else line)
    lines += [f"{name}={value}" for name, value in left.items()]
    return "\n".join(lines) + "\n"


def generate_secret(name: str) -> str:
    """Return a new secret, or "" for a variable that is not one."""
    return secrets.token_urlsafe(SECRET_BYTES[name]) if name in SECRET_BYTES else ""


def write_privately(path: Path, text: str) -> None:
    """Write the file with mode 600 from the start; a chmod afterwards would let others read it for a moment."""
    new = path.with_name(path.name + ".new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    new.replace(path)


def main(folder: Path = ROOT) -> int:
    path = folder / ".env"
    known = read_variables(path.read_text()) if path.exists() else {}
    write_privately(path, fill_template((folder / ".env.example").read_text(), known))
    made = [name for name in SECRET_BYTES if name not in known]
    print(f"{path.name}: made {', '.join(made)}." if made else f"{path.name} has all its secrets; they are kept.")
    if "LANAI_HOST" not in known:
        print(f"Now write the name of your site into {path.name}: LANAI_HOST=meet.example.org")
    return 0


if __name__ == "__main__":
    sys.exit(main())
