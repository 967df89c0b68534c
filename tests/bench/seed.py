"""Creates rooms and sessions in the database of the server under load: ``python -m tests.bench.seed ROOMS SIZE``.

Prints one line per person, ``path cookie``. In each room one person is the signed-in owner and the others are guests;
their sessions are like those that the pages create.
"""

from __future__ import annotations

import os
import secrets
import sys
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings  # noqa: E402 - needs the settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.contrib.sessions.models import Session  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import User  # noqa: E402
from accounts.people import GUEST_KEY  # noqa: E402
from rooms.models import Room  # noqa: E402

OWNERS = 100  # enough that none is in more rooms at once than a person may be


def _session(user: User | None) -> Session:
    values = {GUEST_KEY: secrets.token_hex(16)}
    if user:
        values[SESSION_KEY] = str(user.pk)
        values[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        values[HASH_SESSION_KEY] = user.get_session_auth_hash()
    ends = timezone.now() + timedelta(days=1)
    return Session(session_key=secrets.token_hex(16), session_data=SessionStore().encode(values), expire_date=ends)


def main(rooms: int, size: int) -> None:
    owners = [
        User.objects.get_or_create(email=f"owner{n}@example.org", defaults={"nickname": f"Owner {n}"})[0]
        for n in range(OWNERS)
    ]
    made = Room.objects.bulk_create([Room(owner=owners[n % OWNERS], capacity=max(2, size)) for n in range(rooms)])
    people = [(room, _session(room.owner if place == 0 else None)) for room in made for place in range(size)]
    Session.objects.bulk_create([session for _, session in people])
    for room, session in people:
        print(f"/ws/r/{room.slug}/ {settings.SESSION_COOKIE_NAME}={session.session_key}")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
