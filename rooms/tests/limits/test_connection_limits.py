"""How many sockets one address and one person may have: more are told when to come back."""

from __future__ import annotations

import pytest

from rooms.realtime.rate_limits import ConnectionLimit


@pytest.fixture
def narrow(hub) -> None:
    hub.per_address, hub.per_person = ConnectionLimit(3), ConnectionLimit(2)


async def test_one_person_has_so_many_sockets_and_no_more(door, narrow):
    first = await door()
    second = await door(cookie=first.cookie)
    for caller in (first, second):  # whoever is answered is counted
        await caller.say("ping")
        await caller.hear("pong")
    bye = await (await door(cookie=first.cookie)).bye()
    assert (bye["code"], bye["action"]) == ("too_many", "rejoin")
    assert bye["retry_in"] > 0
    await (await door()).join("Grace")


async def test_one_address_has_so_many_sockets_and_no_more(door, narrow):
    for _ in range(3):
        await (await door()).say("peek")
    late = await door()
    assert (await late.bye())["code"] == "too_many"
    assert late.closed_with == 4429


async def test_a_closed_socket_makes_room_for_another(door, narrow, hub):
    first = await door()
    await door(cookie=first.cookie)
    await first.join("Grace")
    await first.close()
    first.closed_with = 1001
    again = await door(cookie=first.cookie)
    assert (await again.join("Grace"))["type"] == "welcome"
