"""Security of the whole site: headers, CSRF, safe methods, proxy headers, production settings."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.models import User
from config.ground.addresses import ClientAddressMiddleware
from rooms.services.rooms import create_room

ROOT = Path(__file__).resolve().parent.parent.parent
PRODUCTION = {
    "SECRET_KEY": "k3Jd8sPq0xYz7VbN1mCwE5rTgH2uLoA9iKf4QeR6yUtWjSdXcZ",
    "SITE_ORIGINS": "https://meet.example.org",
    "TRUSTED_PROXIES": "10.0.0.0/8",
    "TURN_URLS": "turn:meet.example.org:3478",
    "TURN_SECRET": "mB4xqLw9ZrT7vNc2KsYp8GdJf6HaQe3U",
    "EMAIL_URL": "smtp://mail.example.org",
}
FETCHES = ("default-src", "script-src", "style-src", "connect-src", "img-src", "media-src", "frame-ancestors")


@pytest.fixture(autouse=True)
def plain_static_files(settings: Any) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def clients(db: None) -> dict[str, Client]:
    olive = User.objects.create_user("olive@example.org", None, nickname="Olive")
    admin = User.objects.create_superuser("admin@example.org", None, nickname="Admin")
    olive.trust_email()
    create_room(owner=olive, name="Weekly")
    clients = {"signed out": Client(), "owner": Client(), "admin": Client()}
    clients["owner"].force_login(olive)
    clients["admin"].force_login(admin)
    return clients


def slug() -> str:
    return str(apps.get_model("rooms", "Room").objects.get().slug)


def every_url(resolver: URLResolver | None = None, before: str = "") -> list[str]:
    """Every path of the site, with plausible values for its parameters."""
    found: list[str] = []
    for entry in (resolver or get_resolver()).url_patterns:
        path = before + str(entry.pattern).lstrip("^").removesuffix("$").removesuffix(r"\Z")
        if isinstance(entry, URLResolver):
            found += every_url(entry, path)
        else:
            assert isinstance(entry, URLPattern)
            found.append("/" + _with_parameters(path))
    return found


def _with_parameters(path: str) -> str:
    path = path.replace("<slug:slug>", slug()).replace("<path:object_id>", "1").replace("<id>", "1")
    path = path.replace("<int:content_type_id>/", "1/").replace("(?P<app_label>auth|accounts|rooms)", "rooms")
    path = re.sub(r"\(\?P<app_label>[^)]*\)", "rooms", path)
    path = re.sub(r"\(\?P<\w+>[^()]*(\([^()]*\)[^()]*)*\)", "1-a", path)
    return re.sub(r"<[^>]*>", "1", path).replace("\\", "")


def pages() -> dict[str, str]:
    room = slug()
    return {
        "home": "/",
        "room": f"/r/{room}/",
        "no such room": "/r/aaa-aaaa-aaa/",
        "nowhere": "/nowhere/",
        "sign in": "/accounts/login/",
        "sign up": "/accounts/signup/",
        "my rooms": "/rooms/",
        "form": f"/rooms/{room}/",
        "profile": "/accounts/profile/",
        "admin": "/admin/",
        "admin list": "/admin/rooms/room/",
        "admin form": "/admin/accounts/user/add/",
    }


# --- headers --------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["signed out", "owner", "admin"])
def test_every_page_has_the_security_headers(clients, who):
    for name, url in pages().items():
        check_headers(clients[who].get(url), f"{name}, {who}")


def check_headers(response: Any, page: str) -> None:
    policy = {word: values for word, *values in map(str.split, response.headers["Content-Security-Policy"].split(";"))}
    assert set(FETCHES) <= set(policy), page
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == ["'none'"], page
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == ["'self'"], page
    assert "unsafe" not in response.headers["Content-Security-Policy"], page
    assert "*" not in response.headers["Content-Security-Policy"], page
    assert response.headers["X-Frame-Options"] == "DENY", page
    assert response.headers["X-Content-Type-Options"] == "nosniff", page
    assert response.headers["Referrer-Policy"] == "same-origin", page
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin", page
    assert "camera=(self)" in response.headers["Permissions-Policy"], page
    assert "geolocation=()" in response.headers["Permissions-Policy"], page


def test_error_pages_have_the_security_headers(clients):
    refused = Client(enforce_csrf_checks=True).post("/join/", {"code": "x"})
    denied = clients["owner"].get("/admin/rooms/room/", follow=True)
    missing = clients["owner"].get("/rooms/aaa-aaaa-aaa/")
    for response, status in ((refused, 403), (denied, 403), (missing, 404)):
        assert response.status_code == status
        check_headers(response, str(status))


def test_a_server_error_reveals_nothing(clients, monkeypatch):
    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("the inside of the house")

    monkeypatch.setattr("rooms.rules.access.open_room", broken)
    client = clients["owner"]
    client.raise_request_exception = False
    response = client.get(f"/r/{slug()}/")
    assert response.status_code == 500
    assert b"inside of the house" not in response.content
    check_headers(response, "500")


# --- CSRF and safe methods ------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["signed out", "owner", "admin"])
def test_every_post_requires_a_csrf_token(clients, who):
    """Posts to every path of the site: each refuses the missing token or does not accept POST."""
    client = clients[who]
    client.handler.enforce_csrf_checks = True
    urls = every_url()
    assert len(urls) > 60
    for url in urls:
        status = client.post(url, {"post": "yes"}).status_code
        assert status in (403, 404, 405), (url, status)


@pytest.mark.parametrize("who", ["signed out", "owner", "admin"])
def test_get_requests_change_nothing(clients, who):
    before = all_rows()
    for url in every_url():
        if "logout" in url or "/r/" in url:
            continue
        assert clients[who].get(url).status_code < 500, url
    assert all_rows() == before


def test_get_requests_to_the_room_and_sign_out_change_nothing_but_the_session(clients):
    before = all_rows()
    clients["owner"].get(f"/r/{slug()}/")
    clients["owner"].get("/accounts/logout/")
    assert all_rows() == before
    assert clients["owner"].get("/rooms/").status_code == 200


def all_rows() -> dict[str, list[Any]]:
    """Every row of every table except sessions, because each visitor gets a session."""
    models = [model for model in apps.get_models() if model._meta.label != "sessions.Session"]
    return {model._meta.label: list(model._default_manager.order_by("pk").values()) for model in models}


# --- proxy headers --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("peer", "forwarded", "seen"),
    [
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("10.0.0.2", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.2", "192.0.2.66, 198.51.100.1", "198.51.100.1"),
        ("::ffff:10.0.0.2", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.2", "", "10.0.0.2"),
    ],
)
def test_the_forwarded_address_is_used_only_from_trusted_proxies(settings, peer, forwarded, seen):
    import ipaddress

    settings.TRUSTED_PROXIES = [ipaddress.ip_network("10.0.0.0/8")]
    request = RequestFactory().get("/", REMOTE_ADDR=peer, headers={"x-forwarded-for": forwarded})
    ClientAddressMiddleware(lambda request: request)(request)  # type: ignore[arg-type,return-value]
    assert request.META["REMOTE_ADDR"] == seen


def test_the_forwarded_scheme_is_ignored_from_other_addresses(settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    request = RequestFactory().get("/", REMOTE_ADDR="203.0.113.9", headers={"x-forwarded-proto": "https"})
    ClientAddressMiddleware(lambda request: request)(request)  # type: ignore[arg-type,return-value]
    assert not request.is_secure()


# --- production -----------------------------------------------------------------------------------

PRODUCTION_SCRIPT = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.test import Client
from accounts.models import User
from rooms.services.rooms import create_room
room = create_room(owner=User.objects.create_user("o@example.org", "porch swing evening", nickname="O"))
web = Client(REMOTE_ADDR="10.0.0.2", headers={"host": "meet.example.org", "x-forwarded-proto": "https"})
page = web.get(f"/r/{room.slug}/")
print("HSTS", page.headers.get("Strict-Transport-Security"))
web.get("/accounts/login/")
web.post("/accounts/login/", {"login": "o@example.org", "password": "porch swing evening"})
web.post("/rooms/create/", {"name": "x", "capacity": "4"})
for cookie in web.cookies.values():
    print("COOKIE", cookie.OutputString())
plain = Client(REMOTE_ADDR="10.0.0.2", headers={"host": "meet.example.org", "x-forwarded-proto": "http"}).get("/")
print("PLAIN", plain.status_code, plain.headers.get("Location"))
stranger = Client(REMOTE_ADDR="203.0.113.9", headers={"host": "meet.example.org", "x-forwarded-proto": "https"})
print("STRANGER", stranger.get("/").status_code)
elsewhere = Client(REMOTE_ADDR="10.0.0.2", headers={"host": "evil.example", "x-forwarded-proto": "https"})
print("HOST", elsewhere.get("/").status_code)
"""


def run(tmp_path: Path, *arguments: str, **changed: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "LANAI_DATA_DIR": str(tmp_path), **PRODUCTION, **changed}
    environment["DJANGO_SETTINGS_MODULE"] = "config.settings"
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)


def test_production_settings_pass_every_check(tmp_path):
    checked = run(tmp_path, "manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert checked.returncode == 0, checked.stderr
    assert "no issues (0 silenced)" in checked.stdout


def test_https_has_strict_cookies_and_transport_security(tmp_path):
    (tmp_path / "static").mkdir()
    answered = run(tmp_path, "-c", PRODUCTION_SCRIPT, DEBUG="true", LANAI_LOG_LEVEL="ERROR", EMAIL_URL="")
    assert answered.returncode == 0, answered.stderr
    lines = [line.split(" ", 1) for line in answered.stdout.splitlines() if line.split(" ")[0].isupper()]
    printed = {name: value for name, value in lines if name != "COOKIE"}
    cookies = [value for name, value in lines if name == "COOKIE"]
    assert printed["HSTS"] == "max-age=31536000; includeSubDomains; preload"
    assert printed["PLAIN"] == "301 https://meet.example.org/"
    assert printed["STRANGER"] == "301", "the forwarded scheme of another address does not make it https"
    assert printed["HOST"] == "400"
    assert {cookie.split("=")[0] for cookie in cookies} == {"__Host-lanai", "__Host-csrf", "__Host-device"}
    for cookie in cookies:
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; ")), cookie
        assert "Domain" not in cookie


def test_plain_http_has_neither_host_prefixed_cookies_nor_hsts(clients):
    assert settings.SESSION_COOKIE_NAME == "lanai"
    assert "Strict-Transport-Security" not in clients["signed out"].get("/").headers
