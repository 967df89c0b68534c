"""Fixtures of the page tests: an owner, an outsider and a guest, each with a Django test client; and page helpers.

The conftest modules of the folders that test pages import the fixtures from here.
"""

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

from accounts import rate_limits
from accounts.models import User
from config.ground.throttle import Throttle
from rooms.rules import access

PASSWORD = "porch swing evening"


@pytest.fixture(autouse=True)
def plain_static_files(settings: Settings, tmp_path: Path) -> None:
    """Serves static files without a manifest, so that pages render before files are collected."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def reset_throttles() -> Iterator[None]:
    """Forgets the counts of rate limits after each test."""
    yield
    cache.clear()
    for throttle in [*vars(access).values(), *vars(rate_limits).values()]:
        if isinstance(throttle, Throttle):
            throttle.forget_local()


@pytest.fixture
def owner(db: None, plain_static_files: None) -> User:
    return User.objects.create_user("owner@example.org", PASSWORD, nickname="Olive")


@pytest.fixture
def outsider(db: None, plain_static_files: None) -> User:
    return User.objects.create_user("outsider@example.org", PASSWORD, nickname="Otto")


def client_for(user: User | None = None, *, checks_csrf: bool = False) -> Client:
    client = Client(enforce_csrf_checks=checks_csrf)
    if user is not None:
        client.force_login(user)
    return client


@pytest.fixture
def as_owner(owner: User) -> Client:
    return client_for(owner)


@pytest.fixture
def as_guest(db: None) -> Client:
    return client_for()


@pytest.fixture
def as_outsider(outsider: User) -> Client:
    return client_for(outsider)


def page_text(response: HttpResponse | Any) -> str:
    return str(response.content.decode())


def visible_page(response: HttpResponse | Any) -> str:
    """The page without hidden inputs: their tokens and return addresses differ between requests."""
    return re.sub(r'<input type="hidden"[^>]*>', "", page_text(response))


class InlineCode(HTMLParser):
    """Finds inline scripts, styles and event handlers, which the Content-Security-Policy would block."""

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
