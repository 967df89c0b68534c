"""File descriptors: each connection takes one, and a process has as many as its limit says."""

from __future__ import annotations

import contextlib
import resource

# Enough for every connection that the other limits allow; systems give 1,024 unless asked.
WANTED = 65_536


def raise_limit() -> None:
    """Raise the soft limit (getrlimit(2), RLIMIT_NOFILE) as far as WANTED and the hard limit allow."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = WANTED if hard == resource.RLIM_INFINITY else min(WANTED, hard)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return
    with contextlib.suppress(ValueError, OSError):  # macOS has a lower limit that it does not tell
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def limit() -> int:
    """Return how many descriptors this process may have open."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return WANTED if soft == resource.RLIM_INFINITY else soft
