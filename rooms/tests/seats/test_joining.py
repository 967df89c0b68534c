"""Joining and leaving: the welcome, the roster, capacity, and messages before hello."""

from __future__ import annotations

import asyncio

from rooms.protocol import HEARTBEAT_SECONDS, PROTOCOL_VERSION


async def test_the_first_person_gets_a_seat_and_a_snapshot_of_the_room(connect, owner, room):
    olive = await connect(owner)
    welcome = await olive.join("Olive")
    assert welcome["type"] == "welcome"
    assert welcome["room"] == {"slug": room.slug, "name": "Weekly", "capacity": 6, "chat_days": 0, "rev": 1}
    assert (welcome["heartbeat"], welcome["protocol"]) == (HEARTBEAT_SECONDS, PROTOCOL_VERSION)
    (seat,) = welcome["seats"]
    assert seat["id"] == welcome["seat"]
    assert (seat["nickname"], seat["role"], seat["guest"], seat["rev"]) == ("Olive", "host", False, 1)


async def test_a_guest_and_the_owner_learn_of_each_other(connect, owner):
    olive = await connect(owner)
    await olive.join("Olive")
    grace = await connect()
    await grace.join("Grace")
    joined = (await olive.receive("seat.joined"))["seat"]
    while joined["id"] == olive.seat:
        joined = (await olive.receive("seat.joined"))["seat"]
    assert (joined["nickname"], joined["role"], joined["guest"]) == ("Grace", "member", True)
    assert grace.roster() == {olive.seat: "Olive", grace.seat: "Grace"}


async def test_a_signed_in_outsider_is_a_member_not_a_host(connect, outsider):
    otto = await connect(outsider)
    welcome = await otto.join("Otto")
    assert [(seat["role"], seat["guest"]) for seat in welcome["seats"]] == [("member", False)]


async def test_people_joining_at_the_same_time_all_learn_of_each_other(connect):
    clients = [await connect() for _ in range(6)]
    await asyncio.gather(*(client.join(f"Person {n}") for n, client in enumerate(clients)))
    everyone = {client.seat for client in clients}
    for client in clients:
        known = set(client.roster())
        while known != everyone:
            known.add((await client.receive("seat.joined"))["seat"]["id"])


async def test_the_seventh_person_is_told_that_the_room_is_full(connect):
    for n in range(6):
        await (await connect()).join(f"Person {n}")
    late = await connect()
    answer = await late.join("Late")
    assert (answer["type"], answer["code"]) == ("error", "room_full")
    assert "6" in answer["message"]


async def test_a_second_hello_on_one_socket_is_refused(connect):
    grace = await connect()
    await grace.join("Grace")
    assert (await grace.join("Grace again"))["code"] == "already_joined"


async def test_messages_that_need_a_seat_are_refused_before_hello(connect):
    grace = await connect()
    for message in (
        {"type": "signal", "to": "0" * 16, "epochs": [1, 1], "data": {}},
        {"type": "state", "mic": False},
        {"type": "chat", "text": "hi", "ref": "1"},
        {"type": "reaction", "emoji": "👍"},
        {"type": "moderate", "action": "remove", "seat": "0" * 16},
        {"type": "sync"},
    ):
        await grace.send(**message)
        assert (await grace.receive("error"))["code"] == "not_joined", message


async def test_leaving_ends_the_seat_at_once_and_tells_others(connect, seat_row):
    ada, grace = await connect(), await connect()
    await ada.join("Ada")
    await grace.join("Grace")
    await grace.send("leave")
    assert (await grace.receive_bye())["code"] == "left"
    left = await ada.receive("seat.left")
    assert (left["id"], left["reason"]) == (grace.seat, "left")
    row = await seat_row(grace.seat)
    assert (row.state, row.reason) == ("ended", "left")
    assert row.ended_at is not None
