"""In which language somebody reads Lanai: as chosen in the profile or at the foot of a page, or by the browser."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _

from accounts.models import User

GetResponse = Callable[[HttpRequest], HttpResponse]

AS_IN_BROWSER = ""


def choices() -> list[tuple[str, object]]:
    return [(AS_IN_BROWSER, _("As in my browser")), *settings.LANGUAGES]


def is_known(language: str) -> bool:
    return language in dict(settings.LANGUAGES)


def of_user(user: object) -> str | None:
    """The language that somebody with an account has chosen, and that is still there."""
    language = user.language if isinstance(user, User) else AS_IN_BROWSER
    return language if is_known(language) else None


def remember(response: HttpResponse, language: str) -> None:
    """In the browser, for when nobody is signed in there."""
    name = settings.LANGUAGE_COOKIE_NAME
    if language == AS_IN_BROWSER:
        response.delete_cookie(name)
        return
    response.set_cookie(
        name,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )


class AccountLanguageMiddleware:
    """An account's language goes before what LocaleMiddleware found in the cookie and in the browser's wishes."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if language := of_user(request.user):
            translation.activate(language)
        response = self.get_response(request)
        # LocaleMiddleware names Accept-Language only; a cache must not give one reader's language to another.
        patch_vary_headers(response, ["Cookie"])
        return response
