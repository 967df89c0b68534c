"""Who is asking: a signed-in user, or a guest known by the id in their session."""

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

GUEST_KEY = "guest"
NICKNAME_KEY = "nickname"
SEEN_KEY = "seen"


@dataclass(frozen=True, slots=True)
class Person:
    """``guest`` stays with the session through sign-in, so a seat taken as a guest is still theirs."""

    user_id: int | None
    guest: str
    nickname: str
    is_staff: bool = False

    @property
    def is_known(self) -> bool:
        return self.user_id is not None or bool(self.guest)


def person_of(request: HttpRequest) -> Person:
    """The person of a page's request; a visitor without an account becomes a guest."""
    name_session(request)
    # Saved once a day, which renews it: or it might expire in the midst of a call, and the seat could not be resumed.
    today = clock.now().date().isoformat()
    if request.session.get(SEEN_KEY) != today:
        request.session[SEEN_KEY] = today
    return _person(request)


def name_session(request: HttpRequest) -> None:
    """Give the session its guest id, if it has none yet."""
    if not request.session.get(GUEST_KEY):
        request.session[GUEST_KEY] = secrets.token_hex(16)


def person_of_cookies(cookies: Mapping[str, str]) -> Person:
    """The person of a socket, from its handshake's cookies. Reads the database."""
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
    """Keep the nickname last used with each session, named by its key, for the next green room."""
    changed = []
    for session in Session.objects.select_for_update().filter(pk__in=nicknames):
        values = session.get_decoded()
        if values.get(GUEST_KEY):
            values[NICKNAME_KEY] = nicknames[session.pk]
            changed.append((SessionStore().encode(values), session.pk))
    with connection.cursor() as cursor:  # bulk_update would make an expression of each
        cursor.executemany("UPDATE django_session SET session_data = %s WHERE session_key = %s", changed)
