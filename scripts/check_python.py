"""Says in one sentence why this Python cannot run Lanai. Written for any Python 3."""

import sys

LEAST = (3, 11)


def complaint() -> str:
    if sys.version_info < LEAST:
        found = ".".join(map(str, sys.version_info[:2]))
        return "Lanai needs Python 3.11 or newer; this is " + found + ". Name one: make PYTHON=/path/to/it"
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        return "Python's venv is missing. On Debian and Ubuntu: sudo apt-get install python3-venv"
    return ""


if __name__ == "__main__":
    sys.exit(complaint() or 0)
