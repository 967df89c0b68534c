"""What the admin answers to queries and ids that the database cannot take."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.core.exceptions import BadRequest, FieldDoesNotExist
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.views.defaults import bad_request

log = logging.getLogger("lanai.admin")

# Numbers and dates beyond what Python or the database hold, text that is no number, NUL, unknown names of fields.
# Django's admin finds some of them by itself, and leaves the rest to the database, often while it renders the page.
UNANSWERABLE = (OverflowError, ValueError, FieldDoesNotExist, DataError)


class AdminQueryMiddleware:
    """Answers 400 where a page of the admin fails on its query or the id in its path, whichever model it is of."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or "admin" not in match.app_names or not isinstance(problem, UNANSWERABLE):
            return None
        if not request.GET and not match.kwargs and not match.args:
            return None
        log.warning("the admin could not answer %s", match.view_name, exc_info=problem)
        return bad_request(request, BadRequest())
