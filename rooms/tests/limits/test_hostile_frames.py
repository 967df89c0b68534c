"""Invalid, oversized, silent and flooding sockets are answered or closed without affecting others."""

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
async def test_an_invalid_frame_gets_an_error_and_the_socket_stays_open(connect, frame):
    grace = await connect()
    await grace.join("Grace")
    await grace.send_raw(frame)
    assert (await grace.receive("error"))["code"] == "bad_message"
    await grace.send("ping")
    assert await grace.receive("pong")


async def test_a_binary_frame_gets_an_error(connect):
    grace = await connect()
    await grace.send_raw(bytes_data=b"\x00\xff")
    assert (await grace.receive("error"))["code"] == "bad_message"


async def test_an_oversized_frame_gets_an_error(connect):
    ada, grace = await connect(), await connect()
    await ada.join("Ada")
    await grace.join("Grace")
    await ada.send("chat", text="x" * protocol.FRAME_BYTES, ref="c")
    assert (await ada.receive("error"))["code"] == "too_large"
    await ada.send("signal", to=grace.seat, epochs=[1, 1], data={"x": "y" * protocol.SIGNAL_BYTES})
    assert (await ada.receive("error"))["code"] == "too_large"
    await ada.send("chat", text="é" * (protocol.FRAME_BYTES // 2), ref="c")
    assert (await ada.receive("error"))["code"] == "too_large"


async def test_a_flooding_socket_is_warned_then_closed_and_others_are_unaffected(connect, time):
    ada, flooder = await connect(), await connect()
    await ada.join("Ada")
    await flooder.join("Flooder")
    for _ in range(protocol.FRAMES_BURST):
        await flooder.send("ping")
    assert (await flooder.receive("error"))["code"] == "too_many"
    for _ in range(protocol.FRAMES_BURST + 1):
        await flooder.send("ping")
    bye = await flooder.receive_bye()
    assert (bye["code"], bye["action"], flooder.closed_with) == ("too_many", "rejoin", 4429)
    assert (await ada.receive("seat.updated"))["seat"]["away"]
    await ada.send("ping")
    await ada.receive("pong")


async def test_a_socket_that_never_says_hello_is_closed_after_ten_seconds(connect, hub, time):
    silent = await connect()
    await hub.tasks.settle()
    await silent.send("ping")
    await silent.receive("pong")
    time.advance(protocol.HELLO_SECONDS + 0.1)
    await hub.reconciler.once()
    bye = await silent.receive_bye()
    assert (bye["code"], bye["action"]) == ("try_again", "rejoin"), "a page may have been slow"


async def test_an_exception_in_a_handler_is_answered_and_logged_and_the_seat_is_kept(connect, monkeypatch, caplog):
    from rooms.services import chat

    grace = await connect()
    await grace.join("Grace")

    def broken(**kwargs: object) -> None:
        raise RuntimeError("a bug")

    with monkeypatch.context() as patch:
        patch.setattr(chat, "post", broken)
        await grace.send("chat", text="hello", ref="c1")
        error = await grace.receive("error")
    assert (error["code"], error["ref"]) == ("try_again", "c1")
    assert "a message of type Chat failed" in caplog.text
    assert "hello" not in caplog.text
    await grace.send("chat", text="hello", ref="c1")
    assert (await grace.receive("chat"))["line"]["text"] == "hello"


@pytest.mark.parametrize(
    "example",
    [example for cls in protocol.CLIENT_MESSAGES for example in cls.examples],
    ids=lambda e: e["type"],
)
async def test_every_example_of_the_schema_is_accepted(connect, example):
    grace = await connect(path="/ws/live/") if example["type"] == "subscribe" else await connect()
    if example["type"] not in ("peek", "hello", "subscribe"):
        await grace.join("Grace")
    await grace.send(**{**example, "ref": "example"})
    answer = await grace.receive("ack", "error", "pong", "bye", "room", "live")
    assert answer.get("code") not in ("bad_message", "protocol", "try_again")
