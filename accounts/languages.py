"""The language a person has chosen for Lanai: in an account, in a cookie, or the browser's."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.models import User

AS_IN_BROWSER = ""  # a stored value


def choices() -> list[tuple[str, object]]:
    """Return the choices of a form field: (language code, name of the language in itself)."""
    return [(AS_IN_BROWSER, _("As in my browser")), *settings.LANGUAGES]


def is_known(language: str) -> bool:
    """Return whether Lanai is translated into the language."""
    return language in dict(settings.LANGUAGES)


def chosen_by(user: object) -> str | None:
    """Return the language that a user has chosen in their account; None for guests, and if it is no longer offered."""
    language = user.language if isinstance(user, User) else AS_IN_BROWSER
    return language if is_known(language) else None


def remember(response: HttpResponse, language: str) -> None:
    """Store the language in a cookie, for pages without a signed-in user."""
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
