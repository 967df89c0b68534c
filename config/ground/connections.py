"""Gives the database connection of a page back before the page is rendered."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse


class ReleaseConnectionMiddleware:
    """Closes the request's connection, or returns it to the pool, between the view and its template.

    Rendering takes longer than the queries before it, and what one process has of connections would be held by as many
    pages as it renders at a time. Views hand over rows, not querysets; a template that still asks for something opens a
    connection of its own, which Django closes at the end of the request.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        bool(request.user.is_authenticated)  # every page shows who is signed in
        if not connection.in_atomic_block:
            connection.close()
        return response
