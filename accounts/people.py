"""The person behind a request or a socket: a signed-in user, or a guest known by the id in their session."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.http import HttpRequest

from config.ground.clock import clock

# Keys of values in a session.
GUEST_KEY = "guest"  # the guest id
NICKNAME_KEY = "nickname"  # the nickname used last
RENEWED_KEY = "seen"  # the day on which the session was last renewed, an ISO date


@dataclass(frozen=True, slots=True)
class Person:
    """A signed-in user or a guest.

    ``user_id`` is None for guests; ``guest`` is the session's guest id, which stays through sign-in, so that a seat
    taken as a guest is still theirs; ``nickname`` is the suggestion for the green room.
    """

    user_id: int | None
    guest: str
    nickname: str
    is_staff: bool = False

    @property
    def is_known(self) -> bool:
        """Whether there is an account or a session; False for browsers that send no cookies."""
        return self.user_id is not None or bool(self.guest)


def person_of_request(request: HttpRequest) -> Person:
    """Return the person who requests a page; a visitor without an account becomes a guest."""
    ensure_guest_id(request)
    # Saving the session once a day renews it. It could otherwise expire during a call, and the seat be lost.
    today = clock.now().date().isoformat()
    if request.session.get(RENEWED_KEY) != today:
        request.session[RENEWED_KEY] = today
    return _person(request)


def ensure_guest_id(request: HttpRequest) -> None:
    """Give the session its guest id, if it has none yet."""
    if not request.session.get(GUEST_KEY):
        request.session[GUEST_KEY] = secrets.token_hex(16)


def person_of_cookies(cookies: Mapping[str, str]) -> Person:
    """Return the person of a socket, from the cookies of its handshake. Reads the database."""
    request = HttpRequest()
    request.session = SessionStore(cookies.get(settings.SESSION_COOKIE_NAME))
    return _person(request)


def _person(request: HttpRequest) -> Person:
    user: Any = get_user(request)
    session = request.session
    remembered = session.get(NICKNAME_KEY, "")
    guest = session.get(GUEST_KEY, "")
    if user.is_authenticated:
        return Person(user.pk, guest, remembered or user.nickname, user.is_staff)
    return Person(None, guest, remembered)


@transaction.atomic
def remember_nicknames(nicknames: Mapping[str, str]) -> None:
    """Store nicknames in sessions, for the next green room. ``nicknames`` maps session keys to nicknames."""
    changed = []
    for session in Session.objects.select_for_update().filter(pk__in=nicknames):
        values = session.get_decoded()
        if values.get(GUEST_KEY):
            values[NICKNAME_KEY] = nicknames[session.pk]
            changed.append((SessionStore().encode(values), session.pk))
    with connection.cursor() as cursor:  # bulk_update would build an expression for each row
        cursor.executemany("UPDATE django_session SET session_data = %s WHERE session_key = %s", changed)
