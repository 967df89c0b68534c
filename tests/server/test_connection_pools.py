"""PostgreSQL connections: pages share a pool, sockets have their own, and neither keeps the other waiting."""

from __future__ import annotations

import asyncio
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest

from tests.services import Postgres
from tests.stack import MANAGE, Stack

POOL = 2
AT_ONCE = 8
MAKE_MANY = """
from django.conf import settings
from accounts.models import User
from rooms.models import Room
from rooms.tests.conftest import session_cookie
owner, _ = User.objects.get_or_create(email="owner@example.org", defaults={"nickname": "Olive"})
Room.objects.bulk_create(Room(owner=owner, name=f"Room {n}") for n in range(2000))
print("COOKIE", session_cookie(owner))
"""


@pytest.fixture(scope="module")
def stack(postgres_server: Postgres) -> Iterator[Stack]:
    with Stack("pools", DATABASE_URL=postgres_server.new_database(), LANAI_DB_POOL=str(POOL)) as running:
        yield running


def get(url: str, cookie: str) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers={"Cookie": cookie}), timeout=60) as answer:
            answer.read()
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


async def test_one_account_with_thousands_of_rooms_keeps_no_stranger_out(stack, slug, pages):
    environment = stack.processes[0].environment()
    command = [*MANAGE, "shell", "-v0", "-c", MAKE_MANY]
    made = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    cookie = made.stdout.split("COOKIE ")[1].strip()
    origin = stack.origins[0]
    lists = [asyncio.to_thread(get, f"{origin}/rooms/", cookie) for _ in range(AT_ONCE)]
    rooms = [asyncio.to_thread(get, f"{origin}/r/{slug}/", "") for _ in range(AT_ONCE)]
    guest = await pages(0)
    *answers, welcome = await asyncio.gather(*lists, *rooms, guest.join("Grace"))
    assert (answers, welcome["type"]) == ([200] * 2 * AT_ONCE, "welcome")
