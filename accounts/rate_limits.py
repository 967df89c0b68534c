"""How long somebody waits who tried more often than ACCOUNT_RATE_LIMITS allow.

django-allauth counts and refuses, and says neither which limit was hit nor until when.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from math import ceil

from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import HttpRequest

APP = "allauth.account"

# Rate limits by action. The key is what one that counts by key counts for, such as an e-mail address.
Limits = Mapping[str, str]


def waiting_seconds(request: HttpRequest, limits: Limits) -> int:
    """Return the whole seconds until all of these limits allow one more; 0 if they do now."""
    waits = [
        _seconds(request, action, key, rate)
        for action, key in limits.items()
        for rate in ratelimit.get_rates(app=APP, action=action)
    ]
    return max(waits, default=0)


def _seconds(request: HttpRequest, action: str, key: str, rate: ratelimit.Rate) -> int:
    """allauth keeps the moments of the last attempts in the cache, the newest first."""
    name = ratelimit.get_cache_key(request, app=APP, action=action, rate=rate, key=key)
    moments: list[float] = cache.get(name, [])
    if len(moments) < rate.amount:
        return 0
    return max(0, ceil(moments[rate.amount - 1] + rate.duration - time.time()))
