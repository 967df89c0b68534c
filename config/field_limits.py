"""Limits on the length of form fields and query parameters, held before any form or view reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template import loader

FIELD_MAX = 2_000  # code points; the longest honest ones are the addresses in ``next``
# An admin's search becomes a condition for each of its words and each of the columns searched.
SEARCH_MAX = 200
SEARCHES = ("q", "term")


class FieldLimitMiddleware:
    """Refuses a request with an overlong field or parameter, whichever form it is for: ours, allauth's or the admin's.

    A form validates the length of a field last or not at all: before it does, it normalizes and searches the text. It
    needs the language of the page, and comes before everything that reads a parameter.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _fits(request.GET) and _fits(_posted(request)):
            return self.get_response(request)
        return HttpResponse(loader.render_to_string("413.html"), status=413)


def _posted(request: HttpRequest) -> QueryDict:
    """Return the form. Raises BadRequest for a ``charset`` that cannot decode text, such as rot13 or undefined."""
    try:
        return request.POST
    except (LookupError, UnicodeError):
        raise BadRequest("unknown charset") from None


def _fits(fields: QueryDict) -> bool:
    return all(_field_fits(name, values) for name, values in fields.lists())


def _field_fits(name: str, values: Iterable[object]) -> bool:
    most = SEARCH_MAX if name in SEARCHES else FIELD_MAX
    return len(name) <= FIELD_MAX and all(len(str(value)) <= most for value in values)
