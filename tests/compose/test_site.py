"""The compose file's services, run for real: TLS, sockets, the TURN relay, and a web process that stops."""

from __future__ import annotations

import asyncio
import http.client
import json
import re
import secrets
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from typing import Any

import psycopg
import pytest
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.compose.compose_file import HOST
from tests.compose.site import Site
from tests.machine import ROOT
from tests.turn.client import TurnClient

# The first test waits until every service has started.
pytestmark = pytest.mark.timeout(300)

ROOMS = 20
MAKE_ROOMS = f"""
from accounts.models import User
from rooms.services.rooms import create_room
owner = User.objects.create_user("owner@example.org", "only-for-tests-0123")
print(*(create_room(owner=owner).slug for _ in range({ROOMS})))
"""


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


@pytest.fixture(scope="module")
def slugs(site: Site) -> list[str]:
    made = site.manage("shell", "--verbosity", "0", "-c", MAKE_ROOMS)
    assert made.returncode == 0, made.stderr
    return made.stdout.split()


@pytest.fixture
async def sockets() -> AsyncIterator[AsyncExitStack]:
    """Keeps sockets open until the test ends."""
    async with AsyncExitStack() as stack:
        yield stack


Joined = tuple[ClientConnection, dict[str, Any]]


async def join(sockets: AsyncExitStack, site: Site, slug: str, nickname: str, cookie: str = "") -> Joined:
    """Join the room on a new socket; return the socket and its welcome."""
    link = await sockets.enter_async_context(site.socket(f"/ws/r/{slug}/", cookie or site.guest(slug)))
    hello = {"type": "hello", "key": secrets.token_hex(16), "page": secrets.token_hex(4), "attempt": 1}
    await link.send(json.dumps({**hello, "nickname": nickname, "mic": False, "cam": False}))
    return link, await receive(link, "welcome")


async def receive(link: ClientConnection, kind: str) -> dict[str, Any]:
    while (message := json.loads(await asyncio.wait_for(link.recv(), 20)))["type"] != kind:
        assert message["type"] not in {"error", "bye"}, message
    return dict(message)


def test_the_compose_settings_pass_every_check(site: Site) -> None:
    checked = site.manage("check", "--deploy", "--fail-level", "WARNING")
    assert checked.returncode == 0, checked.stderr


def test_the_first_admins_password_is_printed_once(site: Site) -> None:
    assert re.search(r"password +\S{20,}", site.first_start)
    assert "password" not in site.migrate()


def test_pages_are_served_over_tls_with_the_apps_headers(site: Site) -> None:
    status, headers, page = site.get("/")
    assert status == 200
    assert "Lanai" in page
    assert "max-age=" in headers["Strict-Transport-Security"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert "Server" not in headers


def test_plain_http_redirects_to_https(site: Site) -> None:
    link = http.client.HTTPConnection("127.0.0.1", site.caddy.http_port)
    link.request("GET", "/", headers={"Host": HOST})
    answer = link.getresponse()
    link.close()
    assert answer.status in {301, 308}
    assert answer.headers["Location"].startswith(f"https://{HOST}")


def test_static_files_are_cached_by_browsers(site: Site) -> None:
    _, _, page = site.get("/")
    path = re.findall(r"/static/[\w./-]+\.css", page)[0]
    status, headers, _ = site.get(path)
    assert status == 200
    assert "immutable" in headers["Cache-Control"]


def test_the_site_is_ready_with_database_and_redis(site: Site) -> None:
    status, _, body = site.get("/readyz")
    assert status == 200, body


def test_redis_requires_its_password(site: Site) -> None:
    with socket.create_connection(("127.0.0.1", site.redis.port), timeout=5) as stranger:
        stranger.sendall(b"PING\r\n")
        assert stranger.recv(100).startswith(b"-NOAUTH")


def test_the_health_check_tells_whether_the_server_answers(site: Site) -> None:
    command = [sys.executable, str(ROOT / "deploy" / "healthcheck.py")]
    environment = {**site.environment(), "PORT": str(site.web_port)}
    assert subprocess.run(command, env=environment, check=False).returncode == 0
    assert subprocess.run(command, env={**environment, "PORT": "1"}, check=False).returncode == 1


async def test_a_foreign_origin_is_refused(site: Site, slugs: list[str]) -> None:
    cookie = site.guest(slugs[0])
    for origin in ("https://evil.example.org", f"http://{HOST}", f"https://{HOST}:1"):
        with pytest.raises(InvalidStatus) as refused:
            await site.socket(f"/ws/r/{slugs[0]}/", cookie, origin)
        assert refused.value.response.status_code == 403


async def test_the_relay_accepts_the_credentials_of_a_welcome(
    site: Site, slugs: list[str], sockets: AsyncExitStack
) -> None:
    _, welcome = await join(sockets, site, slugs[0], "Relayed")
    turn = next(server for server in welcome["ice_servers"] if server.get("username"))
    with TurnClient((site.turn.address, site.turn.port), turn["username"], turn["credential"]) as client:
        assert client.allocate().code == 0


async def test_the_sockets_of_a_room_share_a_process_and_rooms_are_spread(
    site: Site, slugs: list[str], sockets: AsyncExitStack
) -> None:
    for nickname in ("Guest 1", "Guest 2"):
        cookie = site.guest(slugs[0])
        for slug in slugs:
            await join(sockets, site, slug, nickname, cookie)
    query = "SELECT array_agg(DISTINCT process) FROM rooms_seat WHERE nickname LIKE 'Guest %' GROUP BY room_id"
    with psycopg.connect(site.database) as connection:
        holders = [tuple(row[0]) for row in connection.execute(query)]
    assert len(holders) == ROOMS
    assert all(len(processes) == 1 for processes in holders)
    assert len(set(holders)) == 2


async def test_when_a_process_stops_its_rooms_move_to_the_other(
    site: Site, slugs: list[str], sockets: AsyncExitStack
) -> None:
    cookie = site.guest(slugs[0])
    links = {slug: (await join(sockets, site, slug, "Stays", cookie))[0] for slug in slugs}
    site.webs[0].stop()
    moved = [slug for slug, link in links.items() if await was_told_to_come_back(link)]
    assert 0 < len(moved) < ROOMS
    for slug in moved:
        # The name server still returns the address of the stopped process: Caddy has to notice by itself.
        await join(sockets, site, slug, "Moved", cookie)
    site.webs[0].start()


async def was_told_to_come_back(link: ClientConnection) -> bool:
    """True if the socket's process stopped: it got a bye with ``rejoin`` and was closed with 1012."""
    byes: list[dict[str, Any]] = []
    try:
        while True:
            message = json.loads(await asyncio.wait_for(link.recv(), 0.5))
            byes += [message] if message["type"] == "bye" else []
    except TimeoutError:
        return False
    except ConnectionClosed as closed:
        assert closed.rcvd is not None
        assert closed.rcvd.code == 1012
        assert byes[0]["action"] == "rejoin"
        return True
