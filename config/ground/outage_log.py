"""What it looks like when another service is away: its own kind of trouble, over soon, and no fault of the code."""

from __future__ import annotations

import logging
from smtplib import SMTPException

import redis
from django.db import InterfaceError, OperationalError

AWAY = (
    OperationalError,
    InterfaceError,
    redis.ConnectionError,
    redis.TimeoutError,
    SMTPException,
    ConnectionError,
    TimeoutError,
)


class BriefOutages(logging.Filter):
    """One line for an outage. A traceback for everybody who knocks meanwhile would bury what else is said."""

    def filter(self, record: logging.LogRecord) -> bool:
        problem = record.exc_info[1] if record.exc_info else None
        if isinstance(problem, AWAY):
            first = str(problem).partition("\n")[0]
            record.msg, record.args = f"{record.getMessage()} ({type(problem).__name__}: {first})", ()
            record.exc_info = record.exc_text = None
            record.levelno, record.levelname = logging.WARNING, "WARNING"
        return True
