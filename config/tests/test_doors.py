"""Every door through which text comes from outside is fed its worst megabyte, and refuses it before it is worked on.

A door is a row of DOORS or FRAMES: who comes, where the text is put, and what text is worst for what stands behind. The
proof is a count: whatever costs more than one pass over a text (COSTLY) is watched, and never saw one that is long.
Each door is fed a megabyte, and as much as passes the limits on whole requests.
"""

from __future__ import annotations

import asyncio
import hashlib
import importlib
import json
import unicodedata
import urllib.parse
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import pytest
from channels.testing import HttpCommunicator
from django.conf import settings
from django.test import Client

from accounts.models import User
from config.asgi import application
from config.ground.nicknames import INVALID, clean_nickname
from rooms import protocol
from rooms.models import Room
from rooms.runtime.executors import seat_executor
from rooms.services.rooms import create_room
from rooms.tests.conftest import connect, hub, session_cookie, time  # noqa: F401

MEGABYTE = 2**20
PATIENCE = 20
TOKEN = "a" * 32
REFUSALS = {413, 414, 431}
MARKS, GRAVES = "\u0344", "\u0300"
PASSWORD = "porch swing evening"

# The limits as they are promised: code points of a field, of an admin's search, of a nickname as typed; bytes.
FIELD, SEARCH, NICKNAME, REFERER, ORIGIN = 2_000, 200, 160, 4_000, 300
PATH, QUERY, HEAD, BODY = 2_000, 8_000, 16 * 1024, 128 * 1024
LIMITED_HEADERS = {
    "accept": 1_000, "accept-encoding": 300, "accept-language": 1_000, "content-type": 300, "host": 300,
    "if-modified-since": 100, "if-none-match": 1_000, "origin": ORIGIN, "range": 300, "referer": REFERER,
    "x-csrftoken": 300, "x-forwarded-for": 2_000, "x-forwarded-proto": 100,
}  # fmt: skip

# What costs more than one pass over the text, or keeps it: module, name, and the longest text it may get to see.
COSTLY = [
    ("unicodedata", "normalize", FIELD),
    ("hashlib", "scrypt", FIELD),
    ("urllib.parse", "urlsplit", FIELD),
    ("django.utils.http", "urlsplit", FIELD),
    ("django.middleware.csrf", "urlsplit", REFERER),
    ("django.core.validators.EmailValidator", "__call__", FIELD),
    ("django.contrib.auth.password_validation", "SequenceMatcher", FIELD),
    ("django.contrib.admin.options", "smart_split", SEARCH),
    ("django.utils.translation.trans_real", "check_for_language", FIELD),
    ("django.views.i18n", "check_for_language", FIELD),
    ("django.utils.translation.trans_real", "get_supported_language_variant", FIELD),
    ("django.utils.translation.trans_real", "parse_accept_lang_header", 1_000),
    ("django.http.request", "split_domain_port", 300),
    ("ipaddress", "ip_address", 64),
    ("rooms.forms", "room_code", 500),
    ("rooms.views", "room_code", PATH + 10),
    ("rooms.rules.access", "room_by_code", PATH),
    ("rooms.realtime.consumers", "parse_cookie", HEAD),
    ("django.core.handlers.asgi", "parse_cookie", HEAD),
    ("channels.security.websocket", "urlparse", ORIGIN),
]


@dataclass
class Request:
    path: str
    method: str = "GET"
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes = b""


@dataclass(frozen=True)
class Door:
    """``make`` puts the text into a request; ``worst`` is repeated; ``fits`` is how much gets past the outer limits."""

    name: str
    who: str
    worst: str
    make: Callable[[str], Request]
    fits: int


def form(who: str, path: str, name: str, worst: str, /, **others: str) -> Door:
    """A field of a form."""

    def make(text: str) -> Request:
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": TOKEN, **others, name: text}).encode()
        return Request(path, "POST", [(b"content-type", b"application/x-www-form-urlencoded")], body)

    fits = (BODY - 1_000) // len(urllib.parse.quote_plus(worst)) * len(worst)
    return Door(f"{path} {name}", who, worst, make, fits)


def query(who: str, path: str, name: str, worst: str) -> Door:
    """A parameter in an address."""

    def make(text: str) -> Request:
        return Request(f"{path}?{urllib.parse.urlencode({name: text})}")

    fits = (QUERY - 100) // len(urllib.parse.quote_plus(worst)) * len(worst)
    return Door(f"{path}?{name}=", who, worst, make, fits)


def part(path: str, worst: str) -> Door:
    """A part of an address, in the place of {}."""
    return Door(path, "anyone", worst, lambda text: Request(path.format(text)), PATH + 100)


def header(name: str, worst: str, path: str = "/accounts/login/") -> Door:
    """A header, of a page."""

    def make(text: str) -> Request:
        return Request(path, headers=[(name.encode(), text.encode("latin-1"))])

    fits = min(LIMITED_HEADERS.get(name, 2 * HEAD) + 100, MEGABYTE)
    return Door(name, "anyone", worst, make, fits)


def cookie(name: str, worst: str) -> Door:
    """A cookie, of a page."""
    return Door(
        f"cookie {name}", "anyone", worst,
        lambda text: Request("/accounts/login/", headers=[(b"cookie", f"{name}={text}".encode())]),
        HEAD + 100,
    )  # fmt: skip


NEXT = "http://" + MARKS * 1_000
SIGN_UP = {"email": "new@example.org", "password1": PASSWORD, "nickname": "New"}
LOGIN = {"login": "owner@example.org", "password": PASSWORD}
DOORS = [
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

# Sockets before their first frame: path, headers.
HANDSHAKES = [
    ("path", lambda text: (f"/ws/r/{text}/", [])),
    ("nowhere", lambda text: (f"/{text}", [])),
    ("query", lambda text: (f"/ws/live/?a={text}", [])),
    ("cookie", lambda text: ("/ws/live/", [(b"cookie", b"a=" + text.encode())])),
    ("session cookie", lambda text: ("/ws/live/", [(b"cookie", b"lanai=" + text.encode())])),
    ("origin", lambda text: ("/ws/live/", [(b"origin", b"http://" + text.encode())])),
    ("x-forwarded-for", lambda text: ("/ws/live/", [(b"x-forwarded-for", text.encode())])),
    ("sec-websocket-protocol", lambda text: ("/ws/live/", [(b"sec-websocket-protocol", text.encode())])),
]

HELLO: dict[str, Any] = {
    "type": "hello",
    "key": "0f" * 16,
    "page": "a1b2c3d4",
    "attempt": 1,
    "nickname": "A",
    "mic": True,
    "cam": True,
}
SIGNAL = {"type": "signal", "to": "00112233445566aa", "epochs": [1, 1], "data": {}}
# Fields of frames: the message, the field, and the text that is worst for it.
FRAMES: list[tuple[dict[str, Any], str, str]] = [
    (HELLO, "nickname", MARKS),
    (HELLO, "nickname", GRAVES),
    (HELLO, "key", "a"),
    (HELLO, "page", "a"),
    (HELLO, "ref", "a"),
    ({"type": "nickname", "nickname": "A"}, "nickname", MARKS),
    ({"type": "nickname", "nickname": "A"}, "nickname", "\ufdfa"),
    ({"type": "chat", "text": "A", "ref": "r"}, "text", "\x01"),
    ({"type": "chat", "text": "A", "ref": "r"}, "text", " "),
    ({"type": "chat", "text": "A", "ref": "r"}, "ref", "r"),
    ({"type": "chat", "text": "A", "ref": "r"}, "to", "a"),
    ({"type": "reaction", "emoji": "A"}, "emoji", "\u200d"),
    ({"type": "moderate", "act": "remove", "seat": "a"}, "seat", "a"),
    ({"type": "moderate", "act": "remove", "seat": "a"}, "act", "a"),
    (SIGNAL, "to", "a"),
    ({"type": "state"}, "ref", "a"),
    ({"type": "peek"}, "type", "a"),
]
NESTED = [
    "[",
    '{"a":',
    '{"type":"signal","to":"00112233445566aa","epochs":[1,1],"data":[',
    '{"type":"ping","ref":',
    "9",
]


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, int]]:
    """The longest text that each costly function was given. Afterwards none was too long."""
    longest: dict[str, int] = {}
    for place, name, _ in COSTLY:
        watch(monkeypatch, place, name, longest)
    yield longest
    for place, name, most in COSTLY:
        assert longest.get(f"{place}.{name}", 0) <= most, f"{place}.{name}"


def watch(monkeypatch: pytest.MonkeyPatch, place: str, name: str, longest: dict[str, int]) -> None:
    owner: Any = owner_of(place)
    original = getattr(owner, name)

    def watched(*args: Any, **kwargs: Any) -> Any:
        texts = [part for part in (*args, *kwargs.values()) if isinstance(part, str | bytes)]
        length = max(map(len, texts), default=0)
        longest[f"{place}.{name}"] = max(length, longest.get(f"{place}.{name}", 0))
        # The commit before would be busy for minutes.
        return original(*args, **kwargs) if length < 30_000 else args[-1]

    monkeypatch.setattr(owner, name, watched)


def owner_of(place: str) -> Any:
    try:
        return importlib.import_module(place)
    except ModuleNotFoundError:
        module, _, name = place.rpartition(".")
        return getattr(importlib.import_module(module), name)


@pytest.fixture
def cookies(transactional_db: None, settings: Any, tmp_path: Any) -> dict[str, str]:
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    owner = User.objects.create_user("owner@example.org", PASSWORD, nickname="Olive")
    admin = User.objects.create_superuser("admin@example.org", PASSWORD, nickname="Admin")
    create_room(owner=owner)
    return {"anyone": "a=b", "owner": session_cookie(owner), "admin": session_cookie(admin)}


async def answer(request: Request, session: str) -> int:
    host = settings.SITE_ORIGINS[0].removeprefix("http://").encode()
    names = {name for name, _ in request.headers}
    headers = [*request.headers, (b"content-length", str(len(request.body)).encode())]
    if b"host" not in names:
        headers.append((b"host", host))
    if b"cookie" not in names:
        headers.append((b"cookie", f"{session}; csrf={TOKEN}".encode()))
    communicator = HttpCommunicator(application, request.method, "/", request.body, headers)
    path, _, asked = request.path.partition("?")
    communicator.scope |= {"path": path, "query_string": asked.encode()}
    status = int((await communicator.get_response(PATIENCE))["status"])
    await communicator.wait(PATIENCE)
    return status


@pytest.mark.parametrize("size", ["a megabyte", "what fits"])
async def test_pages_refuse_text_that_is_too_long(size: str, cookies: dict[str, str], seen: dict[str, int]) -> None:
    taken = {}
    for entry in DOORS:
        length = MEGABYTE if size == "a megabyte" else entry.fits
        text = (entry.worst * (length // len(entry.worst) + 1))[:length]
        status = await answer(entry.make(text), cookies[entry.who])
        is_short = length <= FIELD and status < 500  # more does not get past the limit of queries
        if status not in REFUSALS and not is_short:
            taken[entry.name] = status
    assert taken == {}


@pytest.mark.parametrize("length", [MEGABYTE, 60_000])
async def test_sockets_refuse_a_handshake_that_is_too_long(length: int, hub: Any, seen: dict[str, int]) -> None:  # noqa: F811
    heard: dict[str, list[str]] = {}
    for name, make in HANDSHAKES:
        path, headers = make("a" * length)
        origin = [] if name == "origin" else [(b"origin", settings.SITE_ORIGINS[0].encode())]
        heard[name] = await shake(path, [*headers, *origin])
    assert heard == {name: ["websocket.close"] for name, _ in HANDSHAKES}


async def shake(path: str, headers: list[tuple[bytes, bytes]]) -> list[str]:
    """What the server answers to the handshake, until the client leaves."""
    heard: list[str] = []
    events = [{"type": "websocket.connect"}]
    over = asyncio.Event()

    async def receive() -> dict[str, Any]:
        if events:
            return events.pop()
        await over.wait()
        return {"type": "websocket.disconnect", "code": 1006}

    async def send(event: dict[str, Any]) -> None:
        heard.append(event["type"])
        over.set()

    path, _, asked = path.partition("?")
    scope = {"type": "websocket", "path": path, "query_string": asked.encode(), "headers": headers, "subprotocols": []}
    await asyncio.wait_for(application(scope, receive, send), PATIENCE)
    return heard


@pytest.fixture
def owner(transactional_db: None) -> User:
    return User.objects.create_user("owner@example.org", PASSWORD, nickname="Olive")


@pytest.fixture
def room(owner: User) -> Room:
    return create_room(owner=owner)


@pytest.mark.parametrize("length", [MEGABYTE, 60_000])
async def test_frames_are_refused_for_text_that_is_too_long(connect: Any, length: int, seen: dict[str, int]) -> None:  # noqa: F811
    answers = {}
    for number, (message, name, worst) in enumerate(FRAMES):
        caller = await connect()
        if message is not HELLO:
            await caller.join("Grace")
        text = worst * (length // len(worst.encode()))
        await caller.send_raw(json.dumps({**message, name: text}, ensure_ascii=False))
        answers[number, message["type"], name] = (await caller.receive("error", "ack", "welcome", "reaction"))["type"]
        await caller.close()
    assert set(answers.values()) == {"error"}, answers
    assert seen.get("unicodedata.normalize", 0) <= NICKNAME


@pytest.mark.parametrize("length", [MEGABYTE, 60_000])
async def test_frames_are_refused_for_their_depth(connect: Any, length: int) -> None:  # noqa: F811
    caller = await connect()
    await caller.join("Grace")
    for start in NESTED:
        for rest in "[9":
            await caller.send_raw(start + rest * (length - len(start)))
            assert (await caller.receive("error"))["code"] in ("too_large", "bad_message"), (start, rest)


async def test_a_deep_signal_is_refused_and_not_passed_on(connect: Any) -> None:  # noqa: F811
    ada, grace = await connect(), await connect()
    await ada.join("Ada")
    await grace.join("Grace")
    deep = "[" * 15_000 + "]" * 15_000
    await ada.send_raw(f'{{"type":"signal","to":"{grace.seat}","epochs":[1,1],"data":{deep}}}')
    assert (await ada.receive("error"))["code"] == "bad_message"
    assert await grace.receives_no("signal")


# --- the rule for nicknames itself ----------------------------------------------------------------


@pytest.mark.parametrize("worst", [MARKS, GRAVES, "\ufdfa", " ", "\u200d", "a"])
def test_a_nickname_is_measured_before_it_is_normalized(worst: str, seen: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=str(INVALID)):
        clean_nickname(worst * MEGABYTE)
    assert "unicodedata.normalize" not in seen


def test_a_nickname_may_be_typed_longer_than_it_is_kept() -> None:
    assert clean_nickname("e\u0301" * protocol.NICKNAME_MAX) == "\u00e9" * protocol.NICKNAME_MAX
    assert clean_nickname(" " * 60 + "Ada" + "\u202e" * 60) == "Ada"


def test_a_nickname_that_grows_when_it_is_normalized_is_measured_again() -> None:
    assert len(unicodedata.normalize("NFKC", "\ufdfa")) == 18
    with pytest.raises(ValueError, match=str(INVALID)):
        clean_nickname("\ufdfa" * 3)


# --- the table itself -----------------------------------------------------------------------------

FORMS = {
    "anyone": ["/", "/accounts/signup/", "/accounts/login/", "/accounts/password/reset/"],
    "owner": [
        "/accounts/profile/", "/accounts/email/", "/accounts/password/change/", "/accounts/reauthenticate/",
        "/rooms/create/",
    ],
    "admin": ["/admin/accounts/user/add/", "/admin/rooms/room/add/", "/admin/auth/group/add/", "/admin/rooms/room/"],
}  # fmt: skip
BUTTONS = {"csrfmiddlewaretoken", "_save", "_continue", "_addanother", "_popup", "select_across"}


class Fields(HTMLParser):
    """The fields of the forms of a page, as (where it is sent, name)."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = self.action = path
        self.found: set[tuple[str, str]] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "form":
            self.action = (values.get("action") or self.path).partition("?")[0]
            self.action = self.path if self.action in ("", ".") else self.action
        named = tag in ("input", "select", "textarea") and values.get("type") not in ("submit", "hidden")
        if named and values.get("name") and values["name"] not in BUTTONS:
            self.found.add((self.action, str(values["name"])))


@pytest.mark.parametrize("who", FORMS)
def test_every_field_of_every_form_has_its_row(who: str, cookies: dict[str, str], settings: Any) -> None:
    settings.EMAIL_URL = "smtp://mail.example.org"  # or the form for another address is not shown
    client = Client(headers={"cookie": cookies[who]})
    found: set[tuple[str, str]] = set()
    for path in FORMS[who]:
        page = Fields(path)
        page.feed(client.get(path, follow=True).content.decode())
        assert page.found, path
        found |= page.found
    rows = {tuple(entry.name.replace("?", " ").rstrip("=").split(" ")) for entry in DOORS}
    assert found <= rows, sorted(found - rows)


def test_watching_changes_nothing(seen: dict[str, int]) -> None:
    assert hashlib.scrypt(b"a", salt=b"b", n=2, r=1, p=1)
    assert seen == {"hashlib.scrypt": 1}


async def test_an_honest_form_is_taken(cookies: dict[str, str], seen: dict[str, int]) -> None:
    """The control: the same request with an honest text gets through to what is watched."""
    sign_up = form("anyone", "/accounts/signup/", "nickname", "a", email="n@example.org", password1=PASSWORD)
    assert await answer(sign_up.make("Ne\u0301e"), cookies["anyone"]) == 302
    assert {"unicodedata.normalize", "hashlib.scrypt"} <= set(seen)
    assert await seat_executor.run(User.objects.filter(nickname="N\u00e9e").exists)
