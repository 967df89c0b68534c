from __future__ import annotations

from django.test import Client

from accounts import rate_limits
from accounts.models import User
from config.ground.cache import FallbackRedisCache

URL = "/accounts/login/"


def test_other_peoples_attempts_do_not_push_an_accounts_count_out(as_guest: Client, owner: User) -> None:
    for _ in range(5):
        as_guest.post(URL, {"login": owner.email, "password": "not the password"})
    for n in range(1000):  # as many counts as other addresses and accounts would make
        rate_limits.WRONG_HERE.hit(f"another-count-{n}")
    response = as_guest.post(URL, {"login": owner.email, "password": "not the password"})
    assert "Too many attempts" in str(response.context["form"].non_field_errors())


def test_nor_while_redis_is_away() -> None:
    local = FallbackRedisCache("redis://127.0.0.1:1/0", {}).local
    local.clear()
    for n in range(1000):
        local.set(f"count-{n}", n)
    assert local.get("count-0") == 0
    local.clear()
