"""The home page's field for a room code or link."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.tests.clients import client_for, page_text
from rooms.models.codes import room_code


@pytest.mark.parametrize(
    "typed",
    [
        "abc-defg-hjk",
        "ABC-DEFG-HJK",
        "abcdefghjk",
        "  abc defg hjk ",
        "https://meet.example.org/r/abc-defg-hjk/",
        "https://meet.example.org/r/ABC-DEFG-HJK",
        "meet.example.org/r/abc-defg-hjk/?from=mail#x",
        "Join us: https://meet.example.org/r/abc-defg-hjk/ at noon",
        "/r/abcdefghjk/",
    ],
)
def test_codes_and_links_redirect_to_the_room(as_guest: Client, typed: str) -> None:
    assert as_guest.post("/join/", {"code": typed}).headers["Location"] == "/r/abc-defg-hjk/"


@pytest.mark.parametrize("typed", ["", "hello", "abc-defg", "abc-defg-hjkm", "abc-defg-h0k", "https://example.org/"])
def test_any_other_input_gets_a_form_error(as_guest: Client, typed: str) -> None:
    response = as_guest.post("/join/", {"code": typed})
    assert response.status_code == 200
    assert response.context["form"].errors["code"]
    assert 'aria-invalid="true"' in page_text(response)


def test_a_link_to_another_site_redirects_to_the_room_here(as_guest: Client) -> None:
    response = as_guest.post("/join/", {"code": "https://evil.example.org/r/abc-defg-hjk/"})
    assert response.headers["Location"] == "/r/abc-defg-hjk/"


def test_the_input_is_escaped_when_shown_again(as_guest: Client) -> None:
    page = page_text(as_guest.post("/join/", {"code": '"><script>alert(1)</script>'}))
    assert "<script>alert" not in page


def test_a_custom_slug_is_recognised_only_in_a_link() -> None:
    assert room_code("https://meet.example.org/r/team/") == "team"
    assert room_code("team") is None


def test_a_get_request_redirects_home(as_guest: Client) -> None:
    assert as_guest.get("/join/?code=abc-defg-hjk").headers["Location"] == "/"


@pytest.mark.django_db
def test_a_post_without_a_csrf_token_is_refused() -> None:
    assert client_for(checks_csrf=True).post("/join/", {"code": "abc-defg-hjk"}).status_code == 403
