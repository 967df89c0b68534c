"""Limits on the sockets of one address and one person; a socket over the limit is told when to come back."""

from __future__ import annotations

import pytest

from rooms.realtime.rate_limits import ConnectionLimit


@pytest.fixture
def low_limits(hub) -> None:
    hub.per_address, hub.per_person = ConnectionLimit(3), ConnectionLimit(2)


async def test_a_person_cannot_have_more_sockets_than_the_limit(connect, low_limits):
    first = await connect()
    second = await connect(cookie=first.cookie)
    for client in (first, second):  # a socket that was answered has been counted
        await client.send("ping")
        await client.receive("pong")
    bye = await (await connect(cookie=first.cookie)).receive_bye()
    assert (bye["code"], bye["action"]) == ("too_many", "rejoin")
    assert bye["retry_in"] > 0
    await (await connect()).join("Grace")


async def test_an_address_cannot_have_more_sockets_than_the_limit(connect, low_limits):
    for _ in range(3):
        await (await connect()).send("peek")
    late = await connect()
    assert (await late.receive_bye())["code"] == "too_many"
    assert late.closed_with == 4429


async def test_a_closed_socket_no_longer_counts_towards_the_limit(connect, low_limits, hub):
    first = await connect()
    await connect(cookie=first.cookie)
    await first.join("Grace")
    await first.close()
    first.closed_with = 1001
    again = await connect(cookie=first.cookie)
    assert (await again.join("Grace"))["type"] == "welcome"
