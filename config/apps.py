"""The `config` app."""

from __future__ import annotations

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """The roof as a Django app: it brings management commands, system checks and template tags, and has no models."""

    name = "config"
    verbose_name = "Lanai"

    def ready(self) -> None:
        from config import checks  # noqa: F401 - registers them
