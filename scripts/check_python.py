"""Checks that this Python can run Lanai, and says in one sentence why not. Runs on any Python 3."""

import sys

MINIMUM = (3, 11)


def find_problem() -> str:
    """Return a sentence about what is missing, or ""."""
    if sys.version_info < MINIMUM:
        found = ".".join(map(str, sys.version_info[:2]))
        return "Lanai needs Python 3.11 or newer; this is " + found + ". Name one: make PYTHON=/path/to/it"
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        return "Python's venv is missing. On Debian and Ubuntu: sudo apt-get install python3-venv"
    return ""


if __name__ == "__main__":
    sys.exit(find_problem() or 0)
