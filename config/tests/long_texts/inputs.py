"""The inputs of requests: form fields, parameters, parts of a path, headers and cookies."""

from __future__ import annotations

import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass, field

from config.tests.long_texts.promised_limits import BODY, GRAVES, HEAD, LIMITED_HEADERS, MARKS, MEGABYTE, PATH, QUERY

TOKEN = "a" * 32  # of CSRF
PASSWORD = "porch swing evening"


@dataclass
class Request:
    path: str
    method: str = "GET"
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes = b""


@dataclass(frozen=True)
class Input:
    """One way for text to come in.

    ``who`` sends it, ``make`` puts the text into a request, ``worst`` is repeated to make the text, and ``fits`` is the
    length that passes the limits on whole requests.
    """

    name: str
    who: str
    worst: str
    make: Callable[[str], Request]
    fits: int


def form(who: str, path: str, name: str, worst: str, /, **others: str) -> Input:
    """A field of a form."""

    def make(text: str) -> Request:
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": TOKEN, **others, name: text}).encode()
        return Request(path, "POST", [(b"content-type", b"application/x-www-form-urlencoded")], body)

    fits = (BODY - 1_000) // len(urllib.parse.quote_plus(worst)) * len(worst)
    return Input(f"{path} {name}", who, worst, make, fits)


def query(who: str, path: str, name: str, worst: str) -> Input:
    """A parameter in an address."""

    def make(text: str) -> Request:
        return Request(f"{path}?{urllib.parse.urlencode({name: text})}")

    fits = (QUERY - 100) // len(urllib.parse.quote_plus(worst)) * len(worst)
    return Input(f"{path}?{name}=", who, worst, make, fits)


def part(path: str, worst: str) -> Input:
    """A part of an address, in the place of {}."""
    return Input(path, "anyone", worst, lambda text: Request(path.format(text)), PATH + 100)


def header(name: str, worst: str, path: str = "/accounts/login/") -> Input:
    """A header, of a page."""

    def make(text: str) -> Request:
        return Request(path, headers=[(name.encode(), text.encode("latin-1"))])

    fits = min(LIMITED_HEADERS.get(name, 2 * HEAD) + 100, MEGABYTE)
    return Input(name, "anyone", worst, make, fits)


def cookie(name: str, worst: str) -> Input:
    """A cookie, of a page."""
    return Input(
        f"cookie {name}", "anyone", worst,
        lambda text: Request("/accounts/login/", headers=[(b"cookie", f"{name}={text}".encode())]),
        HEAD + 100,
    )  # fmt: skip


NEXT = "http://" + MARKS * 1_000
SIGN_UP = {"email": "new@example.org", "password1": PASSWORD, "nickname": "New"}
LOGIN = {"login": "owner@example.org", "password": PASSWORD}
INPUTS = [
    form("anyone", "/accounts/signup/", "nickname", MARKS, email="n@example.org", password1=PASSWORD),
    form("anyone", "/accounts/signup/", "email", "a@", nickname="New", password1=PASSWORD),
    form("anyone", "/accounts/signup/", "password1", "a", nickname="New", email="n@example.org"),
    form("anyone", "/accounts/signup/", "next", NEXT, **SIGN_UP),
    form("anyone", "/accounts/login/", "login", GRAVES, password=PASSWORD),
    form("anyone", "/accounts/login/", "password", "a", login="owner@example.org"),
    form("anyone", "/accounts/login/", "remember", "on", **LOGIN),
    form("anyone", "/accounts/login/", "next", NEXT, **LOGIN),
    form("anyone", "/accounts/password/reset/", "email", GRAVES + "@"),
    form("anyone", "/accounts/language/", "language", "-aa"),
    form("anyone", "/accounts/language/", "next", NEXT, language="de"),
    form("anyone", "/join/", "code", "/r/a "),
    form("owner", "/accounts/profile/", "nickname", GRAVES, language="de"),
    form("owner", "/accounts/profile/", "language", "-aa", nickname="Olive"),
    form("owner", "/accounts/email/", "email", GRAVES, action_add=""),
    form("owner", "/accounts/password/change/", "oldpassword", "a", password1="a", password2="a"),
    form("owner", "/accounts/password/change/", "password1", "a", oldpassword=PASSWORD, password2="a"),
    form("owner", "/accounts/password/change/", "password2", "a", oldpassword=PASSWORD, password1="a"),
    form("owner", "/accounts/password/change/", "username", "a", oldpassword=PASSWORD, password1="a", password2="a"),
    form("owner", "/accounts/reauthenticate/", "password", "a"),
    form("owner", "/accounts/reauthenticate/", "username", "a", password=PASSWORD),
    form("owner", "/accounts/logout/", "next", NEXT),
    form("owner", "/rooms/create/", "name", GRAVES, capacity="4", keeps_chat="False"),
    form("owner", "/rooms/create/", "capacity", "9", name="x", keeps_chat="False"),
    form("owner", "/rooms/create/", "keeps_chat", "9", name="x", capacity="4"),
    form("owner", "/new/", "anything", " "),
    form("admin", "/admin/accounts/user/add/", "email", GRAVES, nickname="N", password1="a", password2="a"),
    form("admin", "/admin/accounts/user/add/", "nickname", MARKS, email="n@example.org"),
    form("admin", "/admin/accounts/user/add/", "password1", "a", email="n@example.org", nickname="N", password2="a"),
    form("admin", "/admin/accounts/user/add/", "password2", "a", email="n@example.org", nickname="N", password1="a"),
    form("admin", "/admin/accounts/user/add/", "usable_password", "true", email="n@example.org", nickname="N"),
    form("admin", "/admin/accounts/user/add/", "must_change_password", "on", email="n@example.org", nickname="N"),
    form("admin", "/admin/rooms/room/add/", "name", " ", owner="1", capacity="4"),
    form("admin", "/admin/rooms/room/add/", "owner", "9", name="x", capacity="4"),
    form("admin", "/admin/rooms/room/add/", "capacity", ".0", name="x", owner="1"),
    form("admin", "/admin/rooms/room/add/", "keeps_chat", "on", name="x", owner="1", capacity="4"),
    form("admin", "/admin/auth/group/add/", "name", GRAVES),
    form("admin", "/admin/auth/group/add/", "permissions", "9", name="x"),
    form("admin", "/admin/rooms/room/", "action", "a", _selected_action="1"),
    form("admin", "/admin/rooms/room/", "_selected_action", "9", action="close_rooms"),
    form("admin", "/admin/rooms/room/", "index", "9", action="close_rooms"),
    query("anyone", "/accounts/login/", "next", NEXT[:100]),
    query("anyone", "/accounts/signup/", "next", NEXT[:100]),
    query("anyone", "/", "anything", "%"),
    query("admin", "/admin/rooms/room/", "q", "a "),
    query("admin", "/admin/accounts/user/", "q", "' "),
    query("admin", "/admin/autocomplete/", "term", "a "),
    query("admin", "/admin/rooms/room/", "o", "1."),
    query("admin", "/admin/rooms/room/", "created_at__year", "9"),
    part("/r/{}/", "a-"),
    part("/rooms/{}/", "a"),
    part("/accounts/confirm-email/{}/", ":"),
    part("/accounts/password/reset/key/{}/", "1-"),
    part("/{}", "../"),
    part("/static/{}", "a/"),
    header("host", "a."),
    header("origin", "http://["),
    header("referer", "http://["),
    header("accept", "a/b;q=1,"),
    header("accept-language", "a-b,"),
    header("accept-encoding", "gzip,"),
    header("content-type", ";a=b"),
    header("x-forwarded-for", "10.0.0.1,"),
    header("x-forwarded-proto", ","),
    header("x-csrftoken", "a"),
    header("if-none-match", '"a",', "/static/x.css"),
    header("if-modified-since", "9", "/static/x.css"),
    header("range", "9-", "/static/x.css"),
    header("user-agent", "a"),
    cookie("lanai", "a"),
    cookie("csrf", "a"),
    cookie("language", "-a"),
    cookie("another", '\\"'),
]
