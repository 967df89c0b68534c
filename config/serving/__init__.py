"""How the application meets the network: Daphne or uvicorn, set up alike. The application knows neither."""

from __future__ import annotations

import gc
from typing import Any

from django.conf import settings

from config.serving.place import Place


def serve(application: Any, place: Place) -> None:
    """Serve until SIGTERM or SIGINT, by the server that LANAI_SERVER names."""
    # Imported here: Daphne installs Twisted's reactor, which no other command and no other server wants.
    if settings.LANAI_SERVER == "uvicorn":
        from config.serving.uvicorn_server import run
    else:
        from config.serving.daphne_server import run
    # What is loaded by now stays for good: nobody's signal waits while the collector walks through it.
    gc.collect()
    gc.freeze()
    run(application, place)
