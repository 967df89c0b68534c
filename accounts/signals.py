"""Receivers of django-allauth's signals."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed, password_reset
from django.dispatch import receiver

from accounts.models import User


@receiver([password_changed, password_reset], dispatch_uid="accounts.clear_password_change_requirement")
def clear_password_change_requirement(*, user: User, **_: Any) -> None:
    """Clear `must_change_password` once the user has chosen a password."""
    if user.must_change_password:
        user.must_change_password = False
        user.save(update_fields=["must_change_password"])
