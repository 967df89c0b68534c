"""How often each message may be sent, per seat and per person, and what one sender may have waiting for another."""

from __future__ import annotations

from typing import Any

import pytest

from rooms import protocol

LARGE = "x" * (protocol.SIGNAL_BYTES - 100)
LINES = 10  # of chat at once
KINDS: list[tuple[dict[str, Any], int, float]] = [
    # a message, how many at once, how many a second
    ({"type": "state", "mic": True}, 20, 5),
    ({"type": "nickname", "nickname": "Ada"}, 5, 0.5),
    ({"type": "reaction", "emoji": "👍"}, 15, 3),
    ({"type": "sync"}, 3, 0.5),
    ({"type": "chat.earlier", "before": 9}, 5, 0.5),
]


async def test_a_flood_of_chat_is_refused_and_every_message_sent_again_arrives(connect, time):
    ada, grace = await connect(), await connect()
    await ada.join("Ada")
    await grace.join("Grace")
    answers = []
    for n in range(LINES + 5):
        await ada.send("chat", text=f"{n}", ref=f"c{n}")
        answers.append(await ada.receive("ack", "error"))
    refused = [answer for answer in answers if answer["type"] == "error"]
    assert {error["code"] for error in refused} == {"too_many"}
    assert {"chat" in error["message"] for error in refused} == {True}
    assert [error["ref"] for error in refused] == [f"c{LINES + n}" for n in range(5)]
    time.advance(1)
    for error in refused:
        await ada.send("chat", text=error["ref"].removeprefix("c"), ref=error["ref"])
    heard = [(await grace.receive("chat"))["line"]["text"] for _ in range(LINES + 5)]
    assert heard == [f"{n}" for n in range(LINES + 5)]


async def test_another_socket_of_the_same_seat_gets_no_new_allowance(connect):
    ada = await connect()
    await ada.join("Ada")
    for n in range(LINES):
        await ada.send("chat", text="x", ref=f"c{n}")
        await ada.receive("ack")
    again = await connect(cookie=ada.cookie)
    await again.join("Ada", key=ada.key, attempt=2)
    assert again.seat == ada.seat
    await ada.receive_bye()
    await again.send("chat", text="x", ref="more")
    assert (await again.receive("ack", "error"))["type"] == "error"


@pytest.mark.parametrize(("message", "at_once", "per_second"), KINDS, ids=[kind[0]["type"] for kind in KINDS])
async def test_each_kind_of_message_is_accepted_as_often_as_honest_pages_send_it(
    connect, time, message, at_once, per_second
):
    ada = await connect()
    await ada.join("Ada")
    answers = []
    for n in range(at_once + 1):
        await ada.send(**message, ref=f"r{n}")
        answers.append((await ada.receive("ack", "error"))["type"])
    assert answers == ["ack"] * at_once + ["error"]
    time.advance(1.01 / per_second)
    await ada.send(**message, ref="later")
    assert (await ada.receive("ack", "error"))["type"] == "ack"


async def test_signals_are_limited_by_bytes_and_a_join_in_a_full_room_is_far_from_the_limit(connect):
    ada, grace = await connect(), await connect()
    await ada.join("Ada")
    await grace.join("Grace")
    for n in range(100):
        await ada.send("signal", to=grace.seat, epochs=[1, 1], data=LARGE, ref=f"s{n}")
        answer = await ada.receive("ack", "error")
        if answer["type"] == "error":
            break
    assert (answer["type"], answer.get("code"), answer.get("to")) == ("error", "undelivered", grace.seat)
    honest = (protocol.CAPACITY_MAX - 1) * 20 * 1024
    assert n * len(LARGE) >= 5 * honest


async def test_a_slow_reader_is_not_cut_off_by_what_one_sender_sends(connect, hub, time):
    ada, grace, slow = await connect(), await connect(), await connect()
    for name, caller in (("Ada", ada), ("Grace", grace), ("Slow", slow)):
        await caller.join(name)
    (room,) = hub.rooms.values()
    reader = room.seated[slow.seat]
    reader.writer._is_writing = True  # as while its connection takes nothing
    answers = []
    for n in range(6 * protocol.SIGNAL_BACKLOG_BYTES // len(LARGE)):
        await ada.send("signal", to=slow.seat, epochs=[1, 1], data=LARGE, ref=f"s{n}")
        answers.append(await ada.receive("ack", "error"))
        time.advance(0.2)
    assert {answer["code"] for answer in answers if answer["type"] == "error"} == {"undelivered"}
    assert reader in hub.sockets
    await grace.send("signal", to=slow.seat, epochs=[1, 1], data="small", ref="g")
    assert (await grace.receive("ack", "error"))["type"] == "ack"
    reader.writer._is_writing = False
    reader.writer.resume()
    senders = [(await slow.receive("signal"))["from"] for _ in range(sum(a["type"] == "ack" for a in answers) + 1)]
    assert senders[-1] == grace.seat


async def test_another_peek_does_not_restart_the_fifteen_minutes(connect, hub, time):
    looker = await connect()
    for second in range(0, protocol.PEEK_SECONDS, 10):
        if second % 60 == 0:
            await looker.send("peek")
            await looker.receive("room")
        else:
            await looker.send("ping")
            await looker.receive("pong")
        time.advance(10)
        await hub.reconciler.once()
    assert not hub.sockets
    assert (await looker.receive_bye())["code"] == "idle"


async def test_a_person_who_keeps_flooding_is_closed_at_every_socket_and_may_come_back(connect, time):
    flood = await connect()
    await flood.join("Flood")
    for n in range(2 * protocol.FRAMES_BURST):
        time.advance(1 / 45)  # never too many frames
        await flood.send("chat", text="x", ref=f"c{n}")
    await flood.send("ping")
    bye = await flood.receive("bye", "pong")
    assert bye["type"] == "bye"
    flood.closed_with = 4429
    assert (bye["code"], bye["action"], bye["retry_in"] > 0) == ("too_many", "rejoin", True)
    again = await connect(cookie=flood.cookie)
    time.advance(60)
    assert (await again.join("Flood", key=flood.key, attempt=2))["type"] == "welcome"
    await again.send("chat", text="x", ref="later")
    await again.receive("ack")
