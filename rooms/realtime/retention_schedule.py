"""Runs the retention rules every hour."""

from __future__ import annotations

import asyncio
import logging

from rooms.runtime.executors import background_executor
from rooms.services.retention import delete_old

log = logging.getLogger("lanai.retention")

EVERY_SECONDS = 3600


async def delete_old_hourly() -> None:
    """Delete old rows every hour, for ever. Every process does so; all but the first find nothing left."""
    while True:
        await asyncio.sleep(EVERY_SECONDS)
        try:
            if deleted := await background_executor.run(delete_old):
                log.info("%s old rows were deleted", deleted)
        except Exception:
            log.exception("old rows could not be deleted; the next try is in an hour")
