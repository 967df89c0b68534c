"""Exports the counters and gauges of a hub to Prometheus. They are read only when it scrapes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from rooms.realtime.hub import Hub
from rooms.runtime.metrics import counts

COUNTERS: dict[str, tuple[str, Callable[[Hub], int]]] = {
    "lanai_joins": ("Seats taken anew", lambda hub: counts.joins),
    "lanai_resumes": ("Seats taken again", lambda hub: counts.resumes),
    "lanai_expired": ("Seats ended because nobody came back", lambda hub: counts.expired),
    "lanai_signals_relayed": ("Signals passed on", lambda hub: counts.relayed),
    "lanai_signals_undelivered": ("Signals whose sender was told they did not arrive", lambda hub: counts.undelivered),
    "lanai_events_dropped": ("Events not published to other processes", lambda hub: hub.bus.dropped),
    "lanai_sweep_corrections": ("News that only the sweep brought", lambda hub: hub.reconciler.corrections),
}
GAUGES: dict[str, tuple[str, Callable[[Hub], int]]] = {
    "lanai_sockets": ("Open sockets", lambda hub: len(hub.sockets)),
    "lanai_rooms": ("Rooms with sockets here", lambda hub: len(hub.rooms)),
    "lanai_seats": ("Seats held here", lambda hub: sum(len(room.seated) for room in hub.rooms.values())),
    "lanai_layer_up": ("1 while other processes can be told", lambda hub: int(hub.bus.reaches_others)),
}


class HubMetrics(Collector):
    """A collector of ``prometheus_client``: reads one hub at each scrape."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    def collect(self) -> Iterator[Metric]:
        for name, (words, read) in COUNTERS.items():
            yield CounterMetricFamily(name, words, value=read(self._hub))
        for name, (words, read) in GAUGES.items():
            yield GaugeMetricFamily(name, words, value=read(self._hub))
