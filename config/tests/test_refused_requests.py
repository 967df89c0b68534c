"""Malformed and forged requests are refused without a traceback, and do not fill the log."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest
from django.test import Client

from accounts.tests.clients import plain_static_files  # noqa: F401
from config.ground import cookies
from config.ground.addresses import client_address
from rooms.tests.conftest import FakeClock, SocketClient, hub, time  # noqa: F401


@pytest.fixture
def console() -> Iterator[io.StringIO]:
    """What the console shows."""
    handler = next(one for one in logging.getLogger("django").handlers if isinstance(one, logging.StreamHandler))
    shown = io.StringIO()
    before = handler.setStream(shown)
    yield shown
    handler.setStream(before)


def test_foreign_hosts_are_logged_in_one_line_a_minute(console: io.StringIO, time: FakeClock) -> None:  # noqa: F811
    time.advance(1_000)
    client = Client(headers={"host": "evil.example"})
    for _ in range(20):
        assert client.get("/").status_code == 400
    assert "Traceback" not in console.getvalue()
    (line,) = console.getvalue().splitlines()
    assert "WARNING" in line
    assert "evil.example" in line
    time.advance(61)
    client.get("/")
    assert len(console.getvalue().splitlines()) == 2


@pytest.mark.parametrize("charset", ["rot13", "hex", "zlib", "nothing", "undefined"])
def test_a_form_whose_charset_is_no_text_encoding_is_refused(db: None, charset: str) -> None:
    client = Client(raise_request_exception=False)
    body = b'--x\r\nContent-Disposition: form-data; name="next"\r\n\r\na\r\n--x--\r\n'
    response = client.generic(
        "POST", "/accounts/language/", body, f"multipart/form-data; boundary=x; charset={charset}"
    )
    assert response.status_code < 500


@pytest.mark.parametrize("origin", ["http://[::1", "http://]/", "//[", "http://a:b", "http://[v1.x]"])
async def test_an_origin_that_cannot_be_parsed_gets_no_socket(hub, origin) -> None:  # noqa: F811
    for path in ("/ws/live/", "/ws/r/aaa-aaaa-aaa/"):
        assert not await SocketClient(path, "", origin).connect()


@pytest.mark.parametrize("value", ['"\\000\\000\\000\\000\\000\\000\\000\\000"', "a" * 129, '"a b"', "a;b=%00"])
def test_a_forged_cookie_under_one_of_our_names_is_dropped(db: None, settings, monkeypatch, value: str) -> None:
    """PostgreSQL fails on text with NUL, which a quoted cookie can hold."""
    asked: list[str | None] = []

    def load(self):
        asked.append(self.session_key)
        return {}

    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", load)
    client = Client(headers={"cookie": f"{settings.SESSION_COOKIE_NAME}={value}; another={value}"})
    assert client.get("/").status_code == 200
    assert all(key is None or set(key) <= set("abc") and len(key) <= 128 for key in asked)


def test_cookies_of_other_applications_are_kept(settings) -> None:
    theirs = {"theirs": "a b\0" * 100, "another": ""}
    assert cookies.without_forged({**theirs, settings.SESSION_COOKIE_NAME: "a b"}) == theirs


@pytest.mark.parametrize(
    ("forwarded", "seen"),
    [
        ("203.0.113.1," * 20_000 + "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1," * 20_000, "10.0.0.1"),
        ("9" * 20_000, "10.0.0.2"),
        ("198.51.100.1," + "10.0.0.3" + " " * 20_000, "10.0.0.2"),
    ],
)
def test_the_number_and_length_of_forwarded_hops_are_limited(settings, monkeypatch, forwarded: str, seen: str) -> None:
    import ipaddress

    settings.TRUSTED_PROXIES = [ipaddress.ip_network("10.0.0.0/8")]
    parsed: list[str] = []
    parse = ipaddress.ip_address

    def watched(text):
        parsed.append(text)
        return parse(text)

    monkeypatch.setattr(ipaddress, "ip_address", watched)
    assert client_address("10.0.0.2", forwarded) == seen
    assert len(parsed) <= 20
    assert max(map(len, parsed)) <= 64
