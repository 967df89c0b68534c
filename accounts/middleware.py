"""Middleware for signed-in users: a required change of password, and the language of the account."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from accounts import languages
from accounts.models import User
from accounts.people import Standing, standing_of

# URL names that a user whose password must be changed can still open.
EXEMPT_URLS = ("account_change_password", "account_logout", "language")

GetResponse = Callable[[HttpRequest], HttpResponse]


class PasswordChangeRequiredMiddleware:
    """Redirects users with `must_change_password` to the password form, whatever page they open."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._must_change(request):
            return redirect("account_change_password")
        return self.get_response(request)

    def _must_change(self, request: HttpRequest) -> bool:
        if self._is_exempt(request.path):
            return False
        user = request.user if isinstance(request.user, User) else None
        return user is not None and standing_of(request.session, user) is Standing.MUST_CHANGE_PASSWORD

    def _is_exempt(self, path: str) -> bool:
        return path.startswith(settings.STATIC_URL) or path in map(reverse, EXEMPT_URLS)


class AccountLanguageMiddleware:
    """Activates the account's language, which overrides what LocaleMiddleware found in the cookie and the headers."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if language := languages.chosen_by(request.user):
            translation.activate(language)
        response = self.get_response(request)
        # LocaleMiddleware names Accept-Language only; a cache must not give one reader's language to another.
        patch_vary_headers(response, ["Cookie"])
        return response
