"""System checks of the settings. Each message has an id and a hint.

``serve`` refuses to start on errors, except those of deployment checks, which only ``check --deploy`` runs.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

SECRET_KEY_MIN = 50
TURN_SECRET_MIN = 32
PLACEHOLDERS = ("changeme", "change-me", "secret", "insecure", "password", "example")


def _is_weak(secret: str, length: int) -> bool:
    return len(secret) < length or len(set(secret)) < 10 or secret.lower().startswith(PLACEHOLDERS)


@register(Tags.security)
def secrets_are_strong(**kwargs: Any) -> list[CheckMessage]:
    """Report secrets that are short or placeholders."""
    found: list[CheckMessage] = []
    if _is_weak(settings.SECRET_KEY, SECRET_KEY_MIN):
        hint = f"Use at least {SECRET_KEY_MIN} random characters; `make secrets` writes a .env with one."
        found.append(Error("SECRET_KEY is short or a placeholder.", hint=hint, id="lanai.E001"))
    if settings.TURN_SECRET and _is_weak(settings.TURN_SECRET, TURN_SECRET_MIN):
        hint = f"Use at least {TURN_SECRET_MIN} random characters, the same for coturn."
        found.append(Error("TURN_SECRET is short or a placeholder.", hint=hint, id="lanai.E002"))
    return found


@register(Tags.compatibility)
def workers_share_state(**kwargs: Any) -> list[CheckMessage]:
    """Report several workers without the services they need to share state."""
    found: list[CheckMessage] = []
    if settings.LANAI_WORKERS > 1 and not settings.REDIS_URL:
        hint = "Set REDIS_URL, or LANAI_WORKERS=1."
        found.append(Error("Several workers need Redis to reach each other.", hint=hint, id="lanai.E003"))
    if settings.LANAI_WORKERS > 1 and settings.ON_SQLITE:
        hint = "Set DATABASE_URL to a PostgreSQL database, or LANAI_WORKERS=1."
        found.append(Error("Several workers need PostgreSQL.", hint=hint, id="lanai.E004"))
    return found


@register(Tags.security, deploy=True)
def production_is_safe(**kwargs: Any) -> list[CheckMessage]:
    """Report settings that are fine for development only."""
    found: list[CheckMessage] = []
    if settings.DEBUG:
        found.append(Error("DEBUG shows insides to strangers.", hint="Unset DEBUG.", id="lanai.E005"))
    if not settings.SECURE:
        hint = "Browsers give no camera on plain http. Put https:// addresses into SITE_ORIGINS."
        found.append(Error("SITE_ORIGINS has an address without TLS.", hint=hint, id="lanai.E006"))
    if not settings.TURN_URLS:
        hint = "Set TURN_URLS and TURN_SECRET; docker-compose.yml brings coturn."
        found.append(Warning("People behind strict networks cannot connect.", hint=hint, id="lanai.W001"))
    return found
