from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from accounts.models import User
from config.tests.long_texts.costly_functions import COSTLY, watch
from config.tests.long_texts.inputs import PASSWORD
from rooms.models import Room
from rooms.services.rooms import create_room
from rooms.tests.conftest import connect, hub, session_cookie, time  # noqa: F401


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, int]]:
    """The longest text that each costly function was given. Afterwards none was too long."""
    longest: dict[str, int] = {}
    for place, name, _ in COSTLY:
        watch(monkeypatch, place, name, longest)
    yield longest
    for place, name, most in COSTLY:
        assert longest.get(f"{place}.{name}", 0) <= most, f"{place}.{name}"


@pytest.fixture
def cookies(transactional_db: None, settings: Any) -> dict[str, str]:
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    owner = User.objects.create_user("owner@example.org", PASSWORD, nickname="Olive")
    admin = User.objects.create_superuser("admin@example.org", PASSWORD, nickname="Admin")
    create_room(owner=owner)
    return {"anyone": "a=b", "owner": session_cookie(owner), "admin": session_cookie(admin)}


@pytest.fixture
def owner(transactional_db: None) -> User:
    return User.objects.create_user("owner@example.org", PASSWORD, nickname="Olive")


@pytest.fixture
def room(owner: User) -> Room:
    return create_room(owner=owner)
