"""Browsers in which an account has signed in before, known by a signed cookie.

Whoever guesses an account's password from elsewhere uses up the attempts of their own address and those of unknown
browsers, never those of a known one (OWASP, "Slow Down Online Guessing Attacks with Device Cookies"). The cookie opens
nothing; with a stolen one its attempts can be used, and no more.
"""

from __future__ import annotations

import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

SALT = "accounts.devices"


def known_device(request: HttpRequest, email: str) -> str:
    """Return the id of the browser if the account with this address has signed in with it, else ""."""
    device, _, account = _cookie(request).partition(":")
    return device if account and constant_time_compare(account, _account(email)) else ""


def remember(request: HttpRequest, response: HttpResponse, email: str) -> None:
    """Make the browser one that the account has signed in with. A browser knows the last account only."""
    value = f"{known_device(request, email) or secrets.token_hex(8)}:{_account(email)}"
    response.set_signed_cookie(
        settings.DEVICE_COOKIE_NAME,
        value,
        salt=SALT,
        max_age=settings.DEVICE_COOKIE_AGE,
        secure=settings.SECURE,
        httponly=True,
        samesite="Lax",
    )


def failure_limits(request: HttpRequest, email: str) -> dict[str, str]:
    """Return the rate limits that a failed attempt counts for: action and key."""
    email = email.lower()
    if device := known_device(request, email):
        return {"login_failed_device": f"{device} {email}"}
    return {"login_failed_here": f"{request.META['REMOTE_ADDR']} {email}", "login_failed_unknown": email}


def attempt_limits(request: HttpRequest, email: str) -> dict[str, str]:
    """Return the rate limits that any attempt counts for, right or wrong: a password costs 0.4 s to check."""
    email = email.lower()
    return {"login_known": email} if known_device(request, email) else {"login_unknown": ""}


def _cookie(request: HttpRequest) -> str:
    age = settings.DEVICE_COOKIE_AGE
    return str(request.get_signed_cookie(settings.DEVICE_COOKIE_NAME, "", salt=SALT, max_age=age))


def _account(email: str) -> str:
    return salted_hmac(SALT, email.lower(), algorithm="sha256").hexdigest()[:20]
