from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

ALWAYS_OPEN = ("account_change_password", "account_logout", "language")

GetResponse = Callable[[HttpRequest], HttpResponse]


class PasswordChangeRequiredMiddleware:
    """Somebody with a password that others have seen chooses one of their own before anything else."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._must_change(request):
            return redirect("account_change_password")
        return self.get_response(request)

    def _must_change(self, request: HttpRequest) -> bool:
        if self._is_open(request.path):
            return False
        return request.user.is_authenticated and request.user.must_change_password

    def _is_open(self, path: str) -> bool:
        return path.startswith(settings.STATIC_URL) or path in map(reverse, ALWAYS_OPEN)
