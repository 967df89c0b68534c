"""The table of limits is complete, and docs/limits.md is written from it."""

from __future__ import annotations

import pytest
from allauth.account import app_settings
from django.core.management import CommandError, call_command

from accounts import rate_limits
from config import limits
from config.ground import env
from config.ground.throttle import Throttle
from rooms.protocol import LIMITS

TABLE = "\n".join(" ".join(limit) for limit in limits.all_limits())
# Numbers that are no limits of what people do.
OTHER_NUMBERS = {"PORT", "TURN_TTL", "LANAI_WORKERS", "LANAI_DB_POOL"}


def test_the_document_matches_the_code() -> None:
    call_command("render_limits", "--check")


def test_the_check_fails_when_a_limit_has_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(env.DEFAULTS, "LANAI_ROOMS_PER_ACCOUNT", "7")
    with pytest.raises(CommandError, match="behind the code"):
        call_command("render_limits", "--check")


@pytest.mark.parametrize("name", sorted(set(LIMITS) - limits.NO_LIMITS))
def test_every_limit_of_the_protocol_is_in_the_table(name: str) -> None:
    assert f"`{name}`" in TABLE


def test_every_setting_that_limits_is_in_the_table() -> None:
    assert {limit.setting for limit in limits.all_limits() if limit.setting} == set(env.DEFAULTS) - OTHER_NUMBERS


def test_every_limit_of_sign_ins_is_in_the_table() -> None:
    ours = {limit for limit in vars(rate_limits).values() if isinstance(limit, Throttle)}
    assert ours == {*limits.TRIES, rate_limits.SIGN_UPS, rate_limits.SIGN_UP_FORMS}


def test_allauth_keeps_one_limit_for_the_pages_of_this_site() -> None:
    not_offered = {"change_phone", "verify_phone", "request_login_code"}
    theirs = {action for action, rates in app_settings.RATE_LIMITS.items() if rates}
    assert theirs - not_offered == {"confirm_email"}


def test_every_row_says_what_for_each_what_and_what_then() -> None:
    for limit in limits.all_limits():
        assert all(limit[:4]), limit
