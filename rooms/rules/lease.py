"""The lease on a seat: which socket holds it, and for how long it outlives that socket."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from rooms import protocol

# After close code 1001, which browsers send for a reload and for a closed tab alike.
RELOAD_GRACE = timedelta(seconds=3)
AWAY_GRACE = timedelta(seconds=12)
# A server that announces its restart is back within this time.
RESTART_GRACE = timedelta(seconds=30)
# A seat that expired can still be resumed for this long.
RESUME_WINDOW = timedelta(seconds=protocol.RESUME_SECONDS)
# A process without a heartbeat for this long counts as dead, and its seats as away.
PROCESS_STALE = timedelta(seconds=15)


@dataclass(frozen=True, slots=True)
class Lease:
    """One socket of one process. A seat's row names the lease that keeps it alive.

    Every write that a socket makes to its seat applies only where the row still names its lease, so a late clean-up
    or an old socket never disturbs the new holder.
    """

    process: str
    socket: str
