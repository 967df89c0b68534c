"""TURN credentials: expiry, seat and signature (the TURN REST API that coturn implements)."""

from __future__ import annotations

import base64
import hashlib
import hmac

from rooms.media.ice import ice_servers


def test_credentials_contain_expiry_and_seat_and_are_signed(settings):
    settings.STUN_URLS = ["stun:turn.example.org:3478"]
    settings.TURN_URLS = ["turn:turn.example.org:3478?transport=udp"]
    settings.TURN_SECRET, settings.TURN_TTL_SECONDS = "s" * 40, 600
    stun, turn = ice_servers("00112233445566aa", now=1000.0)
    assert (stun.urls, stun.username) == (["stun:turn.example.org:3478"], "")
    assert turn.username == "1600:00112233445566aa"
    digest = hmac.new(b"s" * 40, turn.username.encode(), hashlib.sha1).digest()
    assert turn.credential == base64.b64encode(digest).decode()


def test_no_servers_are_offered_when_none_is_configured(settings):
    settings.STUN_URLS = settings.TURN_URLS = []
    assert ice_servers("00112233445566aa") == []


async def test_the_welcome_contains_credentials_for_that_seat(connect, settings):
    settings.TURN_URLS, settings.TURN_SECRET = ["turn:turn.example.org"], "s" * 40
    grace = await connect()
    await grace.join("Grace")
    (server,) = grace.welcome["ice_servers"]
    assert server["username"].endswith(":" + grace.seat)
