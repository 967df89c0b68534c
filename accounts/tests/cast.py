"""Who visits the pages in tests: an owner, a guest, an outsider, each with a browser of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from rooms.rules import access

PASSWORD = "porch swing evening"


@pytest.fixture(autouse=True)
def quick_pages(settings: Settings, tmp_path: Path) -> None:
    """Pages without collected files."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def fresh_throttles() -> Iterator[None]:
    yield
    cache.clear()
    access._unknown_codes._local.storage.reset()


@pytest.fixture
def owner(db: None, quick_pages: None) -> User:
    return User.objects.create_user("owner@example.org", PASSWORD, nickname="Olive")


@pytest.fixture
def outsider(db: None, quick_pages: None) -> User:
    return User.objects.create_user("outsider@example.org", PASSWORD, nickname="Otto")


def browser(user: User | None = None, *, checks_csrf: bool = False) -> Client:
    client = Client(enforce_csrf_checks=checks_csrf)
    if user is not None:
        client.force_login(user)
    return client


@pytest.fixture
def as_owner(owner: User) -> Client:
    return browser(owner)


@pytest.fixture
def as_guest(db: None) -> Client:
    return browser()


@pytest.fixture
def as_outsider(outsider: User) -> Client:
    return browser(outsider)


def text(response: HttpResponse | Any) -> str:
    return str(response.content.decode())


def seen(response: HttpResponse | Any) -> str:
    """The page without the tokens and return addresses that its forms carry along."""
    return re.sub(r'<input type="hidden"[^>]*>', "", text(response))


class Inline(HTMLParser):
    """Finds what the Content-Security-Policy would refuse: inline scripts, styles and handlers."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        inline_script = tag == "script" and "src" not in names and names.get("type") != "application/json"
        if inline_script or tag == "style":
            self.found.append(tag)
        self.found += [f"{tag} {name}" for name in names if name == "style" or name.startswith("on")]
