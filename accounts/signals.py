from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed, password_reset
from django.dispatch import receiver

from accounts.models import User


@receiver([password_changed, password_reset], dispatch_uid="accounts.forget_given_password")
def forget_given_password(*, user: User, **_: Any) -> None:
    """Once somebody has chosen a password, nobody asks them to."""
    if user.must_change_password:
        user.must_change_password = False
        user.save(update_fields=["must_change_password"])
