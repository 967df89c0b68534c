"""Durations in words, for sentences that tell how long to wait."""

from __future__ import annotations

from math import ceil

from django.utils.translation import ngettext

MINUTE = 60


def duration_in_words(seconds: float) -> str:
    """Return the duration in the active language, rounded up: waiting that long is always enough."""
    if seconds < 2 * MINUTE:
        count = max(1, ceil(seconds))
        return ngettext("%(count)d second", "%(count)d seconds", count) % {"count": count}
    count = ceil(seconds / MINUTE)
    return ngettext("%(count)d minute", "%(count)d minutes", count) % {"count": count}
