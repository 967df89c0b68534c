"""The page for an unhandled exception (`handler500`)."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.views.defaults import server_error

from config.ground.outage_log import OUTAGES

RETRY_SECONDS = 5


def handle_exception(request: HttpRequest) -> HttpResponse:
    """Answer an outage of another service with 503 and a page that reloads itself, any other exception with 500."""
    if not isinstance(sys.exc_info()[1], OUTAGES):
        return server_error(request)
    response = HttpResponse(loader.render_to_string("503.html"), status=503)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    if request.method == "GET":
        response.headers["Refresh"] = str(RETRY_SECONDS)
    return response
