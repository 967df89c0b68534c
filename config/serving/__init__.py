"""Runs the ASGI application on Daphne or uvicorn, configured alike. The application knows neither."""

from __future__ import annotations

import gc
import sys
from typing import Any

from django.conf import settings

from config.ground import descriptors
from config.serving.listen import ListenAddress

SWITCH_SECONDS = 0.0005


def serve(application: Any, address: ListenAddress) -> None:
    """Serve until SIGTERM or SIGINT, by the server that LANAI_SERVER names."""
    descriptors.raise_limit()
    # Imported here because Daphne installs Twisted's reactor, which no other command or server needs.
    if settings.LANAI_SERVER == "uvicorn":
        from config.serving.uvicorn_server import run
    else:
        from config.serving.daphne_server import run
    # What is loaded by now stays for good, so no signal needs to wait while the garbage collector walks through it.
    gc.collect()
    gc.freeze()
    # How long the event loop waits, instead of 5 ms, for a thread that reads the database and holds the interpreter.
    sys.setswitchinterval(SWITCH_SECONDS)
    run(application, address)
