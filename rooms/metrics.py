"""What this process counts, for Prometheus. Never a label per room: who meets whom is nobody's business.

Counting is adding to a plain number; the numbers are read only when somebody asks for them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, GCCollector, Histogram, PlatformCollector, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

if TYPE_CHECKING:
    from rooms.hub import Hub


LAG_PERIOD_SECONDS = 0.25


@dataclass(slots=True)
class Counts:
    joins: int = 0
    resumes: int = 0
    expired: int = 0
    relayed: int = 0
    undelivered: int = 0


counts = Counts()
registry = CollectorRegistry()

_QUICK = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
join_seconds = Histogram("lanai_join_seconds", "From hello to welcome", buckets=_QUICK, registry=registry)
desk_seconds = Histogram(
    "lanai_desk_seconds", "Work for the database, with its wait", ["desk"], buckets=_QUICK, registry=registry
)
loop_lag_seconds = Histogram(
    "lanai_loop_lag_seconds", "How much later than it should the event loop woke", buckets=_QUICK, registry=registry
)

COUNTERS: dict[str, tuple[str, Callable[[Hub], int]]] = {
    "lanai_joins": ("Seats taken anew", lambda hub: counts.joins),
    "lanai_resumes": ("Seats taken again", lambda hub: counts.resumes),
    "lanai_expired": ("Seats ended because nobody came back", lambda hub: counts.expired),
    "lanai_signals_relayed": ("Signals passed on", lambda hub: counts.relayed),
    "lanai_signals_undelivered": ("Signals whose sender was told they did not arrive", lambda hub: counts.undelivered),
    "lanai_events_dropped": ("Events not published to other processes", lambda hub: hub.mailbox.dropped),
    "lanai_sweep_corrections": ("News that only the sweep brought", lambda hub: hub.sweep.corrections),
}
GAUGES: dict[str, tuple[str, Callable[[Hub], int]]] = {
    "lanai_sockets": ("Open sockets", lambda hub: len(hub.sweep.sockets)),
    "lanai_rooms": ("Rooms with sockets here", lambda hub: len(hub.rooms)),
    "lanai_seats": ("Seats held here", lambda hub: sum(len(room.seated) for room in hub.rooms.values())),
    "lanai_layer_up": ("1 while other processes can be told", lambda hub: int(hub.mailbox.reaches_others)),
}


class HubCollector(Collector):
    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    def collect(self) -> Iterator[Metric]:
        for name, (words, read) in COUNTERS.items():
            yield CounterMetricFamily(name, words, value=read(self._hub))
        for name, (words, read) in GAUGES.items():
            yield GaugeMetricFamily(name, words, value=read(self._hub))


async def watch_loop() -> None:
    """Measure for ever how late the event loop is: whatever holds it up, holds up every signal."""
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + LAG_PERIOD_SECONDS
        await asyncio.sleep(LAG_PERIOD_SECONDS)
        loop_lag_seconds.observe(max(0.0, loop.time() - due))


for _collector in (ProcessCollector, PlatformCollector, GCCollector):
    _collector(registry=registry)
