"""How the application meets the network: Daphne or uvicorn, set up alike. The application knows neither."""

from __future__ import annotations

import gc
import sys
from typing import Any

from django.conf import settings

from config.serving.listen import ListenAddress

SWITCH_SECONDS = 0.0005


def serve(application: Any, address: ListenAddress) -> None:
    """Serve until SIGTERM or SIGINT, by the server that LANAI_SERVER names."""
    # Imported here: Daphne installs Twisted's reactor, which no other command and no other server wants.
    if settings.LANAI_SERVER == "uvicorn":
        from config.serving.uvicorn_server import run
    else:
        from config.serving.daphne_server import run
    # What is loaded by now stays for good: nobody's signal waits while the collector walks through it.
    gc.collect()
    gc.freeze()
    # The event loop waits for this long, not for 5 ms, when a thread that reads the database has the interpreter.
    sys.setswitchinterval(SWITCH_SECONDS)
    run(application, address)
