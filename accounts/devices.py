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

from accounts import rate_limits
from accounts.rate_limits import Counts

SALT = "accounts.devices"


def known_device(request: HttpRequest, email: str) -> str:
    """Return the id of the browser if the account with this address has signed in with it, else ""."""
    device, _, account = _cookie(request).partition(":")
    return device if account and constant_time_compare(account, account_key(email)) else ""


def remember(request: HttpRequest, response: HttpResponse, email: str) -> None:
    """Make the browser one that the account has signed in with. A browser knows the last account only."""
    value = f"{known_device(request, email) or secrets.token_hex(8)}:{account_key(email)}"
    response.set_signed_cookie(
        settings.DEVICE_COOKIE_NAME,
        value,
        salt=SALT,
        max_age=settings.DEVICE_COOKIE_AGE,
        secure=settings.SECURE,
        httponly=True,
        samesite="Lax",
    )


def attempt_counts(request: HttpRequest, email: str) -> Counts:
    """Return what any attempt to sign in counts for, right or wrong."""
    if known_device(request, email):
        return {rate_limits.SIGN_INS_KNOWN: account_key(email)}
    return {rate_limits.SIGN_INS_ELSEWHERE: rate_limits.address_of(request)}


def failure_counts(request: HttpRequest, email: str) -> Counts:
    """Return what a wrong password counts for."""
    if known_device(request, email):
        return failure_counts_of_account(request, email)
    address = {rate_limits.WRONG_AT_ADDRESS: rate_limits.address_of(request)}
    return {**address, **failure_counts_of_account(request, email)}


def failure_counts_of_account(request: HttpRequest, email: str) -> Counts:
    """Return what a wrong password counts for that concerns no other account."""
    account = account_key(email)
    if device := known_device(request, email):
        return {rate_limits.WRONG_KNOWN: f"{device} {account}"}
    return {
        rate_limits.WRONG_HERE: f"{rate_limits.address_of(request)} {account}",
        rate_limits.WRONG_ELSEWHERE: account,
    }


def account_key(email: str) -> str:
    """Return the key under which an account, or an e-mail address without one, is counted: of one length, and not
    readable in Redis."""
    return salted_hmac(SALT, email.strip().lower(), algorithm="sha256").hexdigest()[:20]


def _cookie(request: HttpRequest) -> str:
    age = settings.DEVICE_COOKIE_AGE
    return str(request.get_signed_cookie(settings.DEVICE_COOKIE_NAME, "", salt=SALT, max_age=age))
