"""The page for what went wrong on our side."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.views.defaults import server_error

from config.ground.outage_log import AWAY

RETRY_SECONDS = 5


def on_error(request: HttpRequest) -> HttpResponse:
    """An outage passes: that page says so, and comes back by itself. Everything else is our fault."""
    if not isinstance(sys.exc_info()[1], AWAY):
        return server_error(request)
    response = HttpResponse(loader.render_to_string("503.html"), status=503)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    if request.method == "GET":
        response.headers["Refresh"] = str(RETRY_SECONDS)
    return response
