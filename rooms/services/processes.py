"""Heartbeats of server processes, and the seats of dead ones."""

from __future__ import annotations

from config.ground.clock import clock
from rooms.models import Process, Seat
from rooms.rules.lease import AWAY_GRACE, PROCESS_STALE
from rooms.services.seats import NOT_ENDED, set_away


def heartbeat(process_id: str) -> None:
    """Record that this process is alive, and with it the seats it holds."""
    now = clock.now()
    if not Process.objects.filter(pk=process_id).update(beat_at=now):
        Process.objects.create(boot=process_id, started_at=now, beat_at=now)


def release_seats_of_dead_processes() -> list[Seat]:
    """Mark the seats of processes without a heartbeat as away, as if their sockets had closed now; return them."""
    now = clock.now()
    alive = Process.objects.filter(beat_at__gt=now - PROCESS_STALE).values("boot")
    orphans = Seat.objects.filter(NOT_ENDED, ends_at__isnull=True).exclude(process__in=alive)
    if not orphans.exists():
        return []
    found = set_away(orphans, AWAY_GRACE)
    Process.objects.filter(beat_at__lte=now - 4 * PROCESS_STALE).delete()
    return found
