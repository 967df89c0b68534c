"""Container health check: requests /healthz of the web process. Exits with 0 if it is alive, else with 1."""

from __future__ import annotations

import http.client
import os
import sys


def is_alive() -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", int(os.environ.get("PORT") or 8000), timeout=4)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(not is_alive())
