"""Creates the first admin of a new installation."""

from __future__ import annotations

import secrets

from django.db import IntegrityError, transaction

from accounts.models import User

EMAIL = "admin@localhost"
# Without look-alikes (i, l, o, 0, 1): the password is read from a terminal and typed.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def ensure_first_admin() -> str | None:
    """Create an admin if there are no users, and return the password, to be shown once. Return None otherwise."""
    if User.objects.exists():
        return None
    password = "-".join("".join(secrets.choice(ALPHABET) for _ in range(5)) for _ in range(4))
    try:
        with transaction.atomic():
            User.objects.create_superuser(EMAIL, password, nickname="Admin", must_change_password=True)
    except IntegrityError:
        # Another process, started at the same moment, has created the admin and shows the password.
        return None
    return password
