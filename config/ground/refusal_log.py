"""Rate-limits the log of refused requests, since anybody can send them as often as they like."""

from __future__ import annotations

import logging

from config.ground.clock import clock

EVERY_SECONDS = 60


class RareRefusals(logging.Filter):
    """Lets one refused request a minute through for each logger of ``django.security``, as one line.

    A foreign Host, a forged cookie or too many fields are no fault of the code, so there is no traceback. The line
    stays because a wrong SITE_ORIGINS looks the same.
    """

    def __init__(self) -> None:
        super().__init__()
        self._logged_at: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        if not record.name.startswith("django.security"):
            return True
        now = clock.seconds()
        if 0 <= now - self._logged_at.get(record.name, float("-inf")) < EVERY_SECONDS:
            return False
        self._logged_at[record.name] = now
        record.exc_info = record.exc_text = None
        record.levelno, record.levelname = logging.WARNING, "WARNING"
        return True
