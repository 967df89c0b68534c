"""Counters and histograms of this process, for Prometheus.

There is no label per room, so that nobody can tell who meets whom. Counting adds to a plain number; the numbers are
read only when Prometheus scrapes them.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, GCCollector, Histogram, PlatformCollector, ProcessCollector

LAG_PERIOD_SECONDS = 0.25


@dataclass(slots=True)
class Counts:
    """Totals since this process started."""

    joins: int = 0
    resumes: int = 0
    expired: int = 0
    relayed: int = 0
    undelivered: int = 0


counts = Counts()
registry = CollectorRegistry()

_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
join_seconds = Histogram("lanai_join_seconds", "From hello to welcome", buckets=_BUCKETS, registry=registry)
executor_seconds = Histogram(
    "lanai_desk_seconds", "Work for the database, with its wait", ["desk"], buckets=_BUCKETS, registry=registry
)
loop_lag_seconds = Histogram(
    "lanai_loop_lag_seconds", "How much later than it should the event loop woke", buckets=_BUCKETS, registry=registry
)


async def measure_loop_lag() -> None:
    """Measure for ever how late the event loop wakes, since a delay of the loop delays every signal."""
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + LAG_PERIOD_SECONDS
        await asyncio.sleep(LAG_PERIOD_SECONDS)
        loop_lag_seconds.observe(max(0.0, loop.time() - due))


for _collector in (ProcessCollector, PlatformCollector, GCCollector):
    _collector(registry=registry)
