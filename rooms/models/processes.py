"""The `Process` model."""

from __future__ import annotations

from django.db import models


class Process(models.Model):
    """A server process that holds seats. It updates ``beat_at`` while it is alive (rules.lease.PROCESS_STALE).

    ``boot`` is the process id, random per start.
    """

    boot = models.CharField(max_length=16, primary_key=True)
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name_plural = "processes"

    def __str__(self) -> str:
        return self.boot
