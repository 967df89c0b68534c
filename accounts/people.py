"""Identity: the person a session stands for, a signed-in user or a guest, and whether the session still counts.

Pages, sockets and the periodic check of open sockets all ask here.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.models import User
from config.ground.clock import clock

# Keys of values in a session.
GUEST_KEY = "guest"  # the guest id
NICKNAME_KEY = "nickname"  # the nickname used last
RENEWED_KEY = "seen"  # the day on which the session was last renewed, and whether a seat had been taken
# Where Django keeps what set_expiry was given.
EXPIRY_KEY = "_session_expiry"
# A guest's session until they take a seat. Looking at a green room costs a row, which goes the next day.
VISIT_SECONDS = 24 * 3600


class Standing(Enum):
    """Whether a session can be used."""

    GOOD = auto()
    # The account it was signed in to is switched off or deleted, or has signed out its other sessions since.
    ENDED = auto()
    MUST_CHANGE_PASSWORD = auto()


# A session store of Django, or a decoded row.
Values = SessionBase | dict[str, Any]


@dataclass(frozen=True, slots=True)
class Person:
    """A signed-in user or a guest.

    ``user_id`` is None for guests; ``guest`` is the session's guest id, which stays through sign-in, so that a seat
    taken as a guest is still theirs; ``nickname`` is the suggestion for the green room.

    Without a good standing nobody is known: a session that ended does not turn its user into a guest.
    """

    user_id: int | None
    guest: str
    nickname: str
    is_staff: bool = False
    standing: Standing = Standing.GOOD

    @property
    def is_known(self) -> bool:
        """Whether there is an account or a session that counts; False for browsers that send no cookies."""
        return self.standing is Standing.GOOD and (self.user_id is not None or bool(self.guest))


def is_new(request: HttpRequest) -> bool:
    """Return whether ``person_of_request`` would make a session, a row of the database, for somebody it does not know.

    A session of an account that is gone counts as known: its row goes when it is replaced.
    """
    return SESSION_KEY not in request.session and not request.session.get(GUEST_KEY)


def person_of_request(request: HttpRequest) -> Person:
    """The person of a page's request; a visitor without an account becomes a guest.

    A session of an account that is gone is forgotten, and whoever opens the page is a new guest.
    """
    user = request.user if isinstance(request.user, User) else None
    if standing_of(request.session, user) is Standing.ENDED:
        request.session.flush()
    ensure_guest_id(request)
    # Saving the session once a day renews it. It could otherwise expire during a call, and the seat be lost.
    has_joined = NICKNAME_KEY in request.session
    seen = f"{clock.now().date().isoformat()}{' joined' if has_joined else ''}"
    if request.session.get(RENEWED_KEY) != seen:
        request.session[RENEWED_KEY] = seen
        if user is None:
            request.session.set_expiry(None if has_joined else VISIT_SECONDS)
    return _person(request.session, user)


def ensure_guest_id(request: HttpRequest) -> None:
    """Give the session its guest id, if it has none yet."""
    if not request.session.get(GUEST_KEY):
        request.session[GUEST_KEY] = secrets.token_hex(16)


def person_of_cookies(cookies: Mapping[str, str]) -> Person:
    """The person of a socket, from its handshake's cookies. Reads the database."""
    session = SessionStore(session_key_of(cookies))
    user_id = _user_id(session)
    return _person(session, User.objects.filter(pk=user_id).first() if user_id is not None else None)


def people_of(session_keys: Iterable[str]) -> dict[str, Person]:
    """Return the people of many sessions, in two statements. Sessions that are gone or expired are left out."""
    rows = Session.objects.filter(pk__in=set(session_keys), expire_date__gt=timezone.now())
    sessions = {row.pk: row.get_decoded() for row in rows}
    user_ids = {user_id for values in sessions.values() if (user_id := _user_id(values)) is not None}
    users: Mapping[int | None, User] = User.objects.in_bulk(user_ids)
    return {key: _person(values, users.get(_user_id(values))) for key, values in sessions.items()}


def session_key_of(cookies: Mapping[str, str]) -> str:
    """Return the key of the session that these cookies name, or ""."""
    return cookies.get(settings.SESSION_COOKIE_NAME, "")


def standing_of(session: Values, user: User | None) -> Standing:
    """Return whether the session can be used; ``user`` is the account it names, if there is one."""
    if SESSION_KEY not in session:
        return Standing.GOOD
    if user is None or not user.is_active or not _is_signed_in(session, user):
        return Standing.ENDED
    return Standing.MUST_CHANGE_PASSWORD if user.must_change_password else Standing.GOOD


def _is_signed_in(session: Values, user: User) -> bool:
    """Check what ``django.contrib.auth.get_user`` checks, which deletes the session where this fails."""
    signed = session.get(HASH_SESSION_KEY) or ""
    valid = [user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()]
    is_ours = session.get(BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
    return is_ours and any(constant_time_compare(signed, one) for one in valid)


def _user_id(session: Values) -> int | None:
    return int(session[SESSION_KEY]) if SESSION_KEY in session else None


def _person(session: Values, user: User | None) -> Person:
    remembered = session.get(NICKNAME_KEY, "")
    guest = session.get(GUEST_KEY, "")
    standing = standing_of(session, user)
    if user is not None and standing is Standing.GOOD:
        return Person(user.pk, guest, remembered or user.nickname, user.is_staff)
    return Person(None, guest, remembered, standing=standing)


@transaction.atomic
def remember_nicknames(nicknames: Mapping[str, str]) -> None:
    """Store nicknames in sessions, for the next green room. ``nicknames`` maps session keys to nicknames."""
    changed = []
    for session in Session.objects.select_for_update().filter(pk__in=nicknames):
        values = session.get_decoded()
        if values.get(GUEST_KEY):
            values[NICKNAME_KEY] = nicknames[session.pk]
            expires = session.expire_date
            if SESSION_KEY not in values and values.pop(EXPIRY_KEY, None):  # no longer a mere visit
                expires = timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE)
            moment = connection.ops.adapt_datetimefield_value(expires)
            changed.append((SessionStore().encode(values), moment, session.pk))
    with connection.cursor() as cursor:  # bulk_update would make an expression of each
        cursor.executemany(
            "UPDATE django_session SET session_data = %s, expire_date = %s WHERE session_key = %s", changed
        )
