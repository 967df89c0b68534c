"""The `rooms` app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RoomsConfig(AppConfig):
    """Connects the signal receivers of rooms."""

    name = "rooms"
    verbose_name = _("Rooms")

    def ready(self) -> None:
        from rooms import signals  # noqa: F401 - registers them
