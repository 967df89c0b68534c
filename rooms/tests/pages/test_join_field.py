from __future__ import annotations

import pytest
from django.test import Client

from accounts.tests.cast import browser, text
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
def test_codes_and_links_lead_to_the_room(as_guest: Client, typed: str) -> None:
    assert as_guest.post("/join/", {"code": typed}).headers["Location"] == "/r/abc-defg-hjk/"


@pytest.mark.parametrize("typed", ["", "hello", "abc-defg", "abc-defg-hjkm", "abc-defg-h0k", "https://example.org/"])
def test_anything_else_gets_a_plain_sentence(as_guest: Client, typed: str) -> None:
    response = as_guest.post("/join/", {"code": typed})
    assert response.status_code == 200
    assert response.context["form"].errors["code"]
    assert 'aria-invalid="true"' in text(response)


def test_a_link_never_leads_to_another_site(as_guest: Client) -> None:
    response = as_guest.post("/join/", {"code": "https://evil.example.org/r/abc-defg-hjk/"})
    assert response.headers["Location"] == "/r/abc-defg-hjk/"


def test_what_was_typed_is_shown_as_text(as_guest: Client) -> None:
    page = text(as_guest.post("/join/", {"code": '"><script>alert(1)</script>'}))
    assert "<script>alert" not in page


def test_a_room_of_another_name_is_found_by_its_link_only() -> None:
    assert room_code("https://meet.example.org/r/team/") == "team"
    assert room_code("team") is None


def test_joining_by_get_goes_home(as_guest: Client) -> None:
    assert as_guest.get("/join/?code=abc-defg-hjk").headers["Location"] == "/"


@pytest.mark.django_db
def test_a_forged_form_is_refused() -> None:
    assert browser(checks_csrf=True).post("/join/", {"code": "abc-defg-hjk"}).status_code == 403
