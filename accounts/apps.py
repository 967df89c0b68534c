"""The `accounts` app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Connects the signal receivers of accounts."""

    name = "accounts"
    verbose_name = _("People")

    def ready(self) -> None:
        from accounts import signals  # noqa: F401 - registers them
