"""Every page has the content security policy, a language and no inline code; error pages render without a request."""

from __future__ import annotations

import re

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import Client

from accounts.tests.clients import InlineCode, page_text
from rooms.models import Room

PUBLIC_PATHS = [
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
SIGNED_IN_PATHS = [
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


def check_page(client: Client, path: str) -> None:
    response = client.get(path, follow=True)
    policy, page = response.headers["Content-Security-Policy"], page_text(response)
    assert "unsafe" not in policy
    for rule in ("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"):
        assert rule in policy
    assert InlineCode(page).found == []
    assert '<html lang="en">' in page
    assert page.count("<h1") == 1 or "room-config" in page
    for file in re.findall(r'(?:src|href)="/static/([^"#]+)', page):
        assert finders.find(file), f"{file} is not there"
    assert "{%" not in page
    assert "{{" not in page


@pytest.mark.parametrize("path", PUBLIC_PATHS)
def test_public_pages_are_safe(as_guest: Client, path: str) -> None:
    check_page(as_guest, path)


@pytest.mark.parametrize("path", SIGNED_IN_PATHS)
def test_pages_for_signed_in_users_are_safe(as_owner: Client, room: Room, path: str) -> None:
    check_page(as_owner, path.format(slug=room.slug))


@pytest.mark.parametrize("name", ["400", "403", "404", "500"])
def test_error_pages_render_without_a_request(name: str) -> None:
    page = render_to_string(f"{name}.html")
    assert InlineCode(page).found == []
    assert "<h1>" in page


def test_pages_load_nothing_from_other_sites(as_owner: Client, room: Room) -> None:
    for path in ("/", "/rooms/", f"/r/{room.slug}/"):
        page = page_text(as_owner.get(path))
        assert 'src="http' not in page
        assert 'href="//' not in page
