"""How often people may try to sign in, to sign up and to set a password: every rate, and what it counts.

django-allauth has limits of its own for this, which are switched off (ACCOUNT_RATE_LIMITS): it tells neither which one
was hit nor until when, and it does not know browsers in which an account has signed in before (accounts.devices).
"""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest
from limits import parse

from config.ground.addresses import address_group
from config.ground.throttle import Throttle

# Attempts to sign in, right or wrong, as a password costs 0.4 s to check: per address, and per account in browsers that
# the account has signed in with, for which the others behind their address count nothing.
SIGN_INS_ELSEWHERE = Throttle(parse("30/minute"), "sign-in-elsewhere")
SIGN_INS_KNOWN = Throttle(parse("30/minute"), "sign-in-known")

# Wrong passwords: per address, per address and account, per account in all browsers that it has not signed in with, and
# per account and browser that it has.
WRONG_AT_ADDRESS = Throttle(parse("10/minute"), "wrong-at-address")
WRONG_HERE = Throttle(parse("5/5 minutes"), "wrong-here")
WRONG_ELSEWHERE = Throttle(parse("50/5 minutes"), "wrong-elsewhere")
WRONG_KNOWN = Throttle(parse("10/5 minutes"), "wrong-known")

# Sign-ups, per address. A form with a mistake counts as a form only: a class that mistypes does not use up its hour.
FORMS_PER_SIGN_UP = 10
SIGN_UPS = Throttle(parse(f"{settings.LANAI_SIGNUPS_PER_ADDRESS}/hour"), "sign-up")
SIGN_UP_FORMS = Throttle(parse(f"{settings.LANAI_SIGNUPS_PER_ADDRESS * FORMS_PER_SIGN_UP}/hour"), "sign-up-form")

# Mails with a link to reset a password: per address, and per e-mail address, whether it has an account or not.
RESETS_AT_ADDRESS = Throttle(parse("10/hour"), "reset-at-address")
RESETS = Throttle(parse("3/hour"), "reset")

# Forms for the new password behind that link, per address; the other forms, per account.
NEW_PASSWORDS = Throttle(parse("20/minute"), "new-password")
PASSWORD_CHANGES = Throttle(parse("5/minute"), "password-change")
EMAIL_CHANGES = Throttle(parse("10/minute"), "email-change")
REAUTHENTICATIONS = Throttle(parse("10/minute"), "reauthentication")

# What an attempt counts for: limits, each with the key it counts by.
Counts = Mapping[Throttle, str]


def address_of(request: HttpRequest) -> str:
    """Return the key under which the client's address is counted."""
    return address_group(str(request.META["REMOTE_ADDR"]))


def waiting_seconds(counts: Counts) -> int:
    """Return the whole seconds until all of these limits allow one more; 0 if they do now."""
    return max((limit.waiting_seconds(key) for limit, key in counts.items()), default=0)


def count(counts: Counts) -> int:
    """Count an attempt and return 0; beyond a limit, count it for none and return the whole seconds to wait."""
    if seconds := waiting_seconds(counts):
        return seconds
    refused = [(limit, key) for limit, key in counts.items() if not limit.hit(key)]  # by others, at the same moment
    return max((limit.retry_seconds(key) for limit, key in refused), default=0)
