"""Outages of other services (database, Redis, mail server): which exceptions they raise, and how they are logged."""

from __future__ import annotations

import logging
from smtplib import SMTPException

import redis
from django.db import InterfaceError, OperationalError

OUTAGES = (
    OperationalError,
    InterfaceError,
    redis.ConnectionError,
    redis.TimeoutError,
    SMTPException,
    ConnectionError,
    TimeoutError,
)


class OutageFilter(logging.Filter):
    """Reduces a record with one of OUTAGES to a one-line warning.

    An outage ends by itself and is not a fault of the code; a traceback for every request meanwhile would bury the rest
    of the log.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        problem = record.exc_info[1] if record.exc_info else None
        if isinstance(problem, OUTAGES):
            first = str(problem).partition("\n")[0]
            record.msg, record.args = f"{record.getMessage()} ({type(problem).__name__}: {first})", ()
            record.exc_info = record.exc_text = None
            record.levelno, record.levelname = logging.WARNING, "WARNING"
        return True
