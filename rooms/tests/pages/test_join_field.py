"""The home page's field for a room code or link."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.tests.clients import client_for, page_text
from rooms.forms import NOT_A_CODE
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
        *(f"abc{dash}defg{dash}hjk" for dash in "‐‑‒–—―−－﹣~_·"),
        "abc – defg – hjk",
        "abc\u200b-defg-\u2060hjk\ufeff",
        "abc\u00addefg\u00adhjk",
        "\u202aabc-defg-hjk\u202c",
        "ａｂｃ－ｄｅｆｇ－ｈｊｋ",
        "ＡＢＣＤＥＦＧＨＪＫ",
        "abc\u00a0defg\u3000hjk",
        "abc-defg-hjk.",
        "abcdefghjk。",
        "“abc-defg-hjk”",
        "„ABCDEFGHJK“,",
        "'abc defg hjk'",
        "`abc-defg-hjk`",
        "*abc-defg-hjk*",
        "_abc-defg-hjk_",
        "_https://meet.example.org/r/abc-defg-hjk_",
        "(abc-defg-hjk)",
        "<abc-defg-hjk>",
        "Meeting code: abc-defg-hjk",
        "Meeting code: abcdefghjk.",
        "Meeting code : ABC DEFG HJK",
        "meeting-code:abc–defg–hjk",
        "Meeting ID：ａｂｃｄｅｆｇｈｊｋ",
        "The code is abcdefghjk, see you!",
        "Besprechungscode: abcdefghjk",
        "Der Code lautet „abcdefghjk“.",
        "Raum abc-defg-hjk um 12 Uhr",
        "Code:\n\tabc-defg-hjk\n",
        "Join abc-defg-hjk—at noon",
        "https://meet.example.org/r/abc-defg-hjk.",
        "https://meet.example.org/r/abc-defg-hjk, at noon",
        "(https://meet.example.org/r/abc-defg-hjk)",
        "<https://meet.example.org/r/abc-defg-hjk>",
        "“https://meet.example.org/r/abc-defg-hjk”",
        "https://meet.example.org/r/abc-defg-hjk/.",
        "https://meet.example.org/r/abc-defg-hjk!",
        "https://meet.example.org/r/abc-defg-hjk。",
        "https://meet.example.org/r/abc–defg–hjk",
        "https://meet.example.org/r/abc-defg-hjk—at noon",
        "https：／／meet.example.org／r／abc-defg-hjk",
        "https://meet.example.org/r/abc-\u200bdefg-hjk",
        "[Weekly](https://meet.example.org/r/abc-defg-hjk)",
        "https://links.example.net/?url=https%3A%2F%2Fmeet.example.org%2Fr%2Fabc-defg-hjk&data=1",
    ],
)
def test_codes_and_links_redirect_to_the_room(as_guest: Client, typed: str) -> None:
    assert as_guest.post("/join/", {"code": typed}).headers.get("Location") == "/r/abc-defg-hjk/"


NO_CODES = [
    "", "hello", "abc-defg", "abc-defg-hjkm", "abc-defg-h0k", "https://example.org/", "xabc-defg-hjk", "x-abc-defg-hjk",
    "abc-defg-hjk-mnp", "see the attachment", "Meeting code:", "Meeting code: hello", "code abcdefghjkm",
    "he said: see them yet", "…", "「」",
    "decode attachments", "abc/defg/hjk", "абв-гдеж-зик", "abc-defg-hjké", "two codes", "https://example.org/r/",
]  # fmt: skip


@pytest.mark.parametrize("typed", NO_CODES)
def test_any_other_input_gets_a_form_error(as_guest: Client, typed: str) -> None:
    response = as_guest.post("/join/", {"code": typed})
    assert response.status_code == 200
    (words,) = response.context["form"].errors["code"]
    assert words == (str(NOT_A_CODE) if typed else "Type the code of a meeting, or paste its link.")
    assert 'aria-invalid="true"' in page_text(response)


def test_a_link_to_another_site_redirects_to_the_room_here(as_guest: Client) -> None:
    response = as_guest.post("/join/", {"code": "https://evil.example.org/r/abc-defg-hjk/"})
    assert response.headers["Location"] == "/r/abc-defg-hjk/"


def test_the_input_is_escaped_when_shown_again(as_guest: Client) -> None:
    page = page_text(as_guest.post("/join/", {"code": '"><script>alert(1)</script>'}))
    assert "<script>alert" not in page


def test_a_custom_slug_is_recognised_only_in_a_link() -> None:
    assert room_code("https://meet.example.org/r/team/") == "team"
    assert room_code("https://meet.example.org/r/team, at noon") == "team"
    assert room_code("https://meet.example.org/r/abc-defg-hj") == "abc-defg-hj"
    assert room_code("team") is None
    assert room_code("https://meet.example.org/r/" + "a" * 33) is None


def test_a_get_request_redirects_home(as_guest: Client) -> None:
    assert as_guest.get("/join/?code=abc-defg-hjk").headers["Location"] == "/"


@pytest.mark.django_db
def test_a_post_without_a_csrf_token_is_refused() -> None:
    assert client_for(checks_csrf=True).post("/join/", {"code": "abc-defg-hjk"}).status_code == 403
