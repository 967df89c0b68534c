"""File descriptors: each connection takes one, and a process has as many as its limit says."""

from __future__ import annotations

import contextlib
import logging
import resource

log = logging.getLogger("lanai.server")

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


def bounded(name: str, wanted: int, divisor: int) -> int:
    """Return the limit of one address that the setting ``name`` asks for, or a share of the descriptors if smaller.

    ``divisor`` is the share: 2 is a half. Others must find some left, whatever one address does.
    """
    share = limit() // divisor
    if wanted <= share:
        return wanted
    log.info("%s=%d counts as %d: this process may open %d files (ulimit -Hn)", name, wanted, share, limit())
    return share
