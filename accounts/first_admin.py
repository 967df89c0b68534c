"""The admin that a new Lanai starts with."""

from __future__ import annotations

import secrets

from django.db import IntegrityError, transaction

from accounts.models import User

EMAIL = "admin@localhost"
# Nothing that looks like something else: this is read from a terminal and typed.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def ensure_first_admin() -> str | None:
    """The password of the admin just made, to be shown once; None when there is somebody already."""
    if User.objects.exists():
        return None
    password = "-".join("".join(secrets.choice(ALPHABET) for _ in range(5)) for _ in range(4))
    try:
        with transaction.atomic():
            User.objects.create_superuser(EMAIL, password, nickname="Admin", must_change_password=True)
    except IntegrityError:
        # Another process, started at the same moment, made the admin and shows its password.
        return None
    return password
