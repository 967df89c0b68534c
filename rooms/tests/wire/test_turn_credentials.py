"""TURN credentials: expiry, seat and signature (the TURN REST API that coturn implements)."""

from __future__ import annotations

import base64
import hashlib
import hmac

import pytest

from rooms.media.ice import ice_servers
from rooms.models import Seat
from rooms.runtime.executors import seat_executor
from rooms.services.rooms import create_room
from rooms.tests.conftest import session_cookie


def test_credentials_name_their_expiry_and_holder_and_are_signed(settings):
    settings.STUN_URLS = ["stun:turn.example.org:3478"]
    settings.TURN_URLS = ["turn:turn.example.org:3478?transport=udp"]
    settings.TURN_SECRET, settings.TURN_TTL_SECONDS = "s" * 40, 600
    stun, turn = ice_servers(Seat(room_id=1, guest="g" * 32), now=1000.0)
    assert (stun.urls, stun.username) == (["stun:turn.example.org:3478"], "")
    expiry, _, holder = turn.username.partition(":")
    assert (expiry, len(holder)) == ("1500", 20)
    digest = hmac.new(b"s" * 40, turn.username.encode(), hashlib.sha1).digest()
    assert turn.credential == base64.b64encode(digest).decode()


def test_no_servers_are_offered_when_none_is_configured(settings):
    settings.STUN_URLS = settings.TURN_URLS = []
    assert ice_servers(Seat(room_id=1, guest="g" * 32)) == []


async def test_the_welcome_contains_credentials_for_that_seat(connect, settings):
    settings.TURN_URLS, settings.TURN_SECRET = ["turn:turn.example.org"], "s" * 40
    settings.TURN_TTL_SECONDS = 1200
    grace = await connect()
    await grace.join("Grace")
    (server,) = grace.welcome["ice_servers"]
    assert server["username"].partition(":")[0] == "1795001100"
    assert grace.seat not in server["username"]


@pytest.fixture
def with_relay(settings):
    settings.TURN_URLS, settings.TURN_SECRET = ["turn:turn.example.org"], "s" * 40
    settings.TURN_TTL_SECONDS = 1200


async def usernames(connect, count, *, user=None, slug=None, together=False):
    """The TURN user names given to one session that joins several times under different nicknames."""
    cookie, found = await seat_executor.run(session_cookie, user), set()
    for n in range(count):
        caller = await connect(cookie=cookie, slug=slug)
        await caller.join(f"Name {n}")
        found.add(caller.welcome["ice_servers"][0]["username"])
        if not together:
            await caller.send("leave")
            await caller.receive_bye()
    return found


async def test_joining_under_many_names_gives_one_credential(connect, with_relay):
    assert len(await usernames(connect, 12)) == 1


async def test_two_seats_of_a_person_share_one_credential(connect, with_relay):
    assert len(await usernames(connect, 2, together=True)) == 1


async def test_another_person_or_room_has_another_credential(connect, owner, outsider, with_relay):
    other = await seat_executor.run(lambda: create_room(owner=owner))
    names = [
        *await usernames(connect, 1, user=outsider),
        *await usernames(connect, 1, user=owner),
        *await usernames(connect, 1),
        *await usernames(connect, 1, user=outsider, slug=other.slug),
    ]
    assert len({name.partition(":")[2] for name in names}) == 4


async def test_a_renewed_credential_has_the_same_holder(connect, outsider, with_relay, time):
    (first,) = await usernames(connect, 1, user=outsider)
    time.advance(600)
    (second,) = await usernames(connect, 1, user=outsider)
    (before, name), (after, same) = first.split(":"), second.split(":")
    assert (name, int(after) - int(before)) == (same, 600)
