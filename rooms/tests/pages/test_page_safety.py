"""What holds for every page: its policy, its language, nothing inline, the error pages."""

from __future__ import annotations

import re

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import Client

from accounts.tests.cast import Inline, text
from rooms.models import Room

OPEN = [
    "/",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-bad/",
    "/accounts/password/reset/key/done/",
    "/accounts/confirm-email/",
    "/accounts/confirm-email/bad:key/",
    "/accounts/inactive/",
    "/r/abc-defg-hjk/",
    "/nothing/here/",
]
OWN = [
    "/",
    "/rooms/",
    "/rooms/create/",
    "/rooms/{slug}/",
    "/rooms/{slug}/delete/",
    "/r/{slug}/",
    "/accounts/profile/",
    "/accounts/email/",
    "/accounts/logout/",
    "/accounts/password/change/",
    "/accounts/reauthenticate/",
    "/nothing/here/",
]


def check(client: Client, path: str) -> None:
    response = client.get(path, follow=True)
    policy, page = response.headers["Content-Security-Policy"], text(response)
    assert "unsafe" not in policy
    for rule in ("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"):
        assert rule in policy
    assert Inline(page).found == []
    assert '<html lang="en">' in page
    assert page.count("<h1") == 1 or "room-config" in page
    for file in re.findall(r'(?:src|href)="/static/([^"#]+)', page):
        assert finders.find(file), f"{file} is not there"
    assert "{%" not in page
    assert "{{" not in page


@pytest.mark.parametrize("path", OPEN)
def test_a_page_for_everybody_is_safe(as_guest: Client, path: str) -> None:
    check(as_guest, path)


@pytest.mark.parametrize("path", OWN)
def test_a_page_for_those_with_an_account_is_safe(as_owner: Client, room: Room, path: str) -> None:
    check(as_owner, path.format(slug=room.slug))


@pytest.mark.parametrize("name", ["400", "403", "404", "500"])
def test_an_error_page_needs_no_request(name: str) -> None:
    page = render_to_string(f"{name}.html")
    assert Inline(page).found == []
    assert "<h1>" in page


def test_pages_fetch_nothing_from_elsewhere(as_owner: Client, room: Room) -> None:
    for path in ("/", "/rooms/", f"/r/{room.slug}/"):
        page = text(as_owner.get(path))
        assert 'src="http' not in page
        assert 'href="//' not in page
