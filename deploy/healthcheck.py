"""Asks the web process in this container whether it is alive. Its exit code is the answer."""

from __future__ import annotations

import http.client
import os
import sys
from urllib.parse import urlsplit


def alive() -> bool:
    # The app answers only to its own names, so the question has to carry one.
    site = urlsplit(os.environ.get("SITE_ORIGINS", "").split(",")[0]).netloc or "localhost"
    link = http.client.HTTPConnection("127.0.0.1", int(os.environ.get("PORT") or 8000), timeout=4)
    try:
        link.request("GET", "/healthz", headers={"Host": site})
        return link.getresponse().status == 200
    except OSError:
        return False
    finally:
        link.close()


if __name__ == "__main__":
    sys.exit(not alive())
