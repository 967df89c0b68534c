"""Our own cookies, checked before anything reads them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse

VALUE_MAX = 128  # characters; the longest that we give is a CSRF token of 64
VALUE = re.compile(r"[A-Za-z0-9_-]*")


def without_forged(cookies: Mapping[str, str]) -> dict[str, str]:
    """Return the cookies without those under our names whose value we cannot have set.

    A quoted value can hold any character: PostgreSQL fails on a session key with NUL.
    """
    ours = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME}
    return {name: value for name, value in cookies.items() if name not in ours or _could_be_ours(value)}


def _could_be_ours(value: str) -> bool:
    return len(value) <= VALUE_MAX and VALUE.fullmatch(value) is not None


class OwnCookiesMiddleware:
    """Drops forged cookies of our names before sessions, CSRF protection and languages read them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.COOKIES = without_forged(request.COOKIES)
        return self.get_response(request)
