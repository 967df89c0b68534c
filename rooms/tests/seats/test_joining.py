from __future__ import annotations

import asyncio

from rooms.protocol import HEARTBEAT_SECONDS, PROTOCOL_VERSION


async def test_the_first_person_gets_a_seat_and_a_snapshot_of_the_room(door, owner, room):
    olive = await door(owner)
    welcome = await olive.join("Olive")
    assert welcome["type"] == "welcome"
    assert welcome["room"] == {"slug": room.slug, "name": "Weekly", "capacity": 6, "chat_days": 0, "rev": 1}
    assert (welcome["heartbeat"], welcome["protocol"]) == (HEARTBEAT_SECONDS, PROTOCOL_VERSION)
    (seat,) = welcome["seats"]
    assert seat["id"] == welcome["seat"]
    assert (seat["nickname"], seat["role"], seat["guest"], seat["rev"]) == ("Olive", "host", False, 1)


async def test_a_guest_joins_by_link_and_both_learn_of_each_other(door, owner):
    olive = await door(owner)
    await olive.join("Olive")
    grace = await door()
    await grace.join("Grace")
    joined = (await olive.hear("seat.joined"))["seat"]
    while joined["id"] == olive.seat:
        joined = (await olive.hear("seat.joined"))["seat"]
    assert (joined["nickname"], joined["role"], joined["guest"]) == ("Grace", "member", True)
    assert grace.roster() == {olive.seat: "Olive", grace.seat: "Grace"}


async def test_an_outsider_with_an_account_is_a_member_not_a_host(door, outsider):
    otto = await door(outsider)
    welcome = await otto.join("Otto")
    assert [(seat["role"], seat["guest"]) for seat in welcome["seats"]] == [("member", False)]


async def test_people_who_join_in_the_same_instant_never_miss_each_other(door):
    callers = [await door() for _ in range(6)]
    await asyncio.gather(*(caller.join(f"Person {n}") for n, caller in enumerate(callers)))
    everybody = {caller.seat for caller in callers}
    for caller in callers:
        known = set(caller.roster())
        while known != everybody:
            known.add((await caller.hear("seat.joined"))["seat"]["id"])


async def test_the_seventh_person_is_told_that_the_room_is_full(door):
    for n in range(6):
        await (await door()).join(f"Person {n}")
    late = await door()
    answer = await late.join("Late")
    assert (answer["type"], answer["code"]) == ("error", "room_full")
    assert "6" in answer["message"]


async def test_hello_twice_on_one_socket_is_refused(door):
    grace = await door()
    await grace.join("Grace")
    assert (await grace.join("Grace again"))["code"] == "already_joined"


async def test_nothing_but_looking_is_possible_before_hello(door):
    grace = await door()
    for message in (
        {"type": "signal", "to": "0" * 16, "epochs": [1, 1], "data": {}},
        {"type": "state", "mic": False},
        {"type": "chat", "text": "hi", "ref": "1"},
        {"type": "reaction", "emoji": "👍"},
        {"type": "moderate", "action": "remove", "seat": "0" * 16},
        {"type": "sync"},
    ):
        await grace.say(**message)
        assert (await grace.hear("error"))["code"] == "not_joined", message


async def test_leaving_ends_the_seat_at_once_and_others_are_told(door, seat_row):
    ada, grace = await door(), await door()
    await ada.join("Ada")
    await grace.join("Grace")
    await grace.say("leave")
    assert (await grace.bye())["code"] == "left"
    left = await ada.hear("seat.left")
    assert (left["id"], left["reason"]) == (grace.seat, "left")
    row = await seat_row(grace.seat)
    assert (row.state, row.reason) == ("ended", "left")
    assert row.ended_at is not None
