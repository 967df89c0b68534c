"""The key of a person: one string for an account or for a guest's session.

Limits are counted under it, database work takes turns by it, TURN credentials are derived from it, and it is the
audience of an event for one person, where it travels between processes and must not change.
"""

from __future__ import annotations

ACCOUNT, SESSION = "user ", "guest "


def person_key(user_id: int | None, guest: str = "") -> str:
    """Return the key of the account or, where there is none, of the session with this guest id."""
    return f"{ACCOUNT}{user_id}" if user_id is not None else f"{SESSION}{guest}"


def is_person_key(name: str) -> bool:
    """Whether an audience is a person's key, and not the id of a seat."""
    return name.startswith((ACCOUNT, SESSION))
