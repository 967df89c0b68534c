from __future__ import annotations

import pytest

from rooms import protocol

BAD = [
    "{bad",
    "[1,2]",
    '"x"',
    "null",
    "[" * 60_000,
    '{"type":"ping","n":' + "9" * 5000 + "}",
    '{"type":"nope"}',
    '{"type":"chat"}',
    '{"type":"chat","text":5,"ref":"a"}',
    '{"type":"chat","text":"a","ref":"a","to":"short"}',
    '{"type":"state","mic":"yes"}',
    '{"type":"state","role":"host"}',
    '{"type":"ping","ref":""}',
    '{"type":"subscribe"}',
]


@pytest.mark.parametrize("frame", BAD, ids=lambda frame: frame[:30])
async def test_a_frame_that_is_no_message_is_answered_and_the_socket_stays(door, frame):
    grace = await door()
    await grace.join("Grace")
    await grace.say_raw(frame)
    assert (await grace.hear("error"))["code"] == "bad_message"
    await grace.say("ping")
    assert await grace.hear("pong")


async def test_a_binary_frame_is_answered(door):
    grace = await door()
    await grace.say_raw(bytes_data=b"\x00\xff")
    assert (await grace.hear("error"))["code"] == "bad_message"


async def test_what_is_too_large_is_answered(door):
    ada, grace = await door(), await door()
    await ada.join("Ada")
    await grace.join("Grace")
    await ada.say("chat", text="x" * protocol.FRAME_BYTES, ref="c")
    assert (await ada.hear("error"))["code"] == "too_large"
    await ada.say("signal", to=grace.seat, epochs=[1, 1], data={"x": "y" * protocol.SIGNAL_BYTES})
    assert (await ada.hear("error"))["code"] == "too_large"
    await ada.say("chat", text="é" * (protocol.FRAME_BYTES // 2), ref="c")
    assert (await ada.hear("error"))["code"] == "too_large"


async def test_the_first_excess_is_answered_and_a_flood_is_closed_while_neighbours_go_on(door, time):
    ada, flooder = await door(), await door()
    await ada.join("Ada")
    await flooder.join("Flooder")
    for _ in range(protocol.FRAMES_BURST):
        await flooder.say("ping")
    assert (await flooder.hear("error"))["code"] == "too_many"
    for _ in range(protocol.FRAMES_BURST + 1):
        await flooder.say("ping")
    bye = await flooder.bye()
    assert (bye["code"], bye["action"], flooder.closed_with) == ("too_many", "rejoin", 4429)
    assert (await ada.hear("seat.updated"))["seat"]["away"]
    await ada.say("ping")
    await ada.hear("pong")


async def test_a_socket_that_says_nothing_is_sent_away_after_ten_seconds(door, hub, time):
    silent = await door()
    await hub.tasks.settle()
    await silent.say("ping")
    await silent.hear("pong")
    time.move(protocol.HELLO_SECONDS + 0.1)
    await hub.reconciler.once()
    bye = await silent.bye()
    assert (bye["code"], bye["action"]) == ("try_again", "rejoin"), "a page may have been slow"


async def test_an_error_in_a_handler_is_answered_logged_and_costs_nobody_the_seat(door, monkeypatch, caplog):
    from rooms.services import chat

    grace = await door()
    await grace.join("Grace")

    def broken(**kwargs: object) -> None:
        raise RuntimeError("a bug")

    with monkeypatch.context() as patch:
        patch.setattr(chat, "post", broken)
        await grace.say("chat", text="hello", ref="c1")
        error = await grace.hear("error")
    assert (error["code"], error["ref"]) == ("try_again", "c1")
    assert "a message of type Chat failed" in caplog.text
    assert "hello" not in caplog.text
    await grace.say("chat", text="hello", ref="c1")
    assert (await grace.hear("chat"))["line"]["text"] == "hello"


@pytest.mark.parametrize(
    "example",
    [example for cls in protocol.CLIENT_MESSAGES for example in cls.examples],
    ids=lambda e: e["type"],
)
async def test_every_example_of_the_schema_is_understood(door, example):
    grace = await door(path="/ws/live/") if example["type"] == "subscribe" else await door()
    if example["type"] not in ("peek", "hello", "subscribe"):
        await grace.join("Grace")
    await grace.say(**{**example, "ref": "example"})
    answer = await grace.hear("ack", "error", "pong", "bye", "room", "live")
    assert answer.get("code") not in ("bad_message", "protocol", "try_again")
