"""Handshakes and frames with text that is too long, or too deep, are refused before it is worked on."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from django.conf import settings

from config.asgi import application
from config.tests.long_texts.promised_limits import GRAVES, MARKS, MEGABYTE, NICKNAME, PATIENCE

# Sockets before their first frame: path, headers.
HANDSHAKES = [
    ("path", lambda text: (f"/ws/r/{text}/", [])),
    ("nowhere", lambda text: (f"/{text}", [])),
    ("query", lambda text: (f"/ws/live/?a={text}", [])),
    ("cookie", lambda text: ("/ws/live/", [(b"cookie", b"a=" + text.encode())])),
    ("session cookie", lambda text: ("/ws/live/", [(b"cookie", b"lanai=" + text.encode())])),
    ("origin", lambda text: ("/ws/live/", [(b"origin", b"http://" + text.encode())])),
    ("x-forwarded-for", lambda text: ("/ws/live/", [(b"x-forwarded-for", text.encode())])),
    ("sec-websocket-protocol", lambda text: ("/ws/live/", [(b"sec-websocket-protocol", text.encode())])),
]

HELLO: dict[str, Any] = {
    "type": "hello",
    "key": "0f" * 16,
    "page": "a1b2c3d4",
    "attempt": 1,
    "nickname": "A",
    "mic": True,
    "cam": True,
}
SIGNAL = {"type": "signal", "to": "00112233445566aa", "epochs": [1, 1], "data": {}}
# Fields of frames: the message, the field, and the text that is worst for it.
FRAMES: list[tuple[dict[str, Any], str, str]] = [
    (HELLO, "nickname", MARKS),
    (HELLO, "nickname", GRAVES),
    (HELLO, "key", "a"),
    (HELLO, "page", "a"),
    (HELLO, "ref", "a"),
    ({"type": "nickname", "nickname": "A"}, "nickname", MARKS),
    ({"type": "nickname", "nickname": "A"}, "nickname", "\ufdfa"),
    ({"type": "chat", "text": "A", "ref": "r"}, "text", "\x01"),
    ({"type": "chat", "text": "A", "ref": "r"}, "text", " "),
    ({"type": "chat", "text": "A", "ref": "r"}, "ref", "r"),
    ({"type": "chat", "text": "A", "ref": "r"}, "to", "a"),
    ({"type": "reaction", "emoji": "A"}, "emoji", "\u200d"),
    ({"type": "moderate", "act": "remove", "seat": "a"}, "seat", "a"),
    ({"type": "moderate", "act": "remove", "seat": "a"}, "act", "a"),
    (SIGNAL, "to", "a"),
    ({"type": "state"}, "ref", "a"),
    ({"type": "peek"}, "type", "a"),
]
NESTED = [
    "[",
    '{"a":',
    '{"type":"signal","to":"00112233445566aa","epochs":[1,1],"data":[',
    '{"type":"ping","ref":',
    "9",
]


@pytest.mark.parametrize("length", [MEGABYTE, 60_000])
async def test_sockets_refuse_a_handshake_that_is_too_long(length: int, hub: Any, seen: dict[str, int]) -> None:
    heard: dict[str, list[str]] = {}
    for name, make in HANDSHAKES:
        path, headers = make("a" * length)
        origin = [] if name == "origin" else [(b"origin", settings.SITE_ORIGINS[0].encode())]
        heard[name] = await shake(path, [*headers, *origin])
    assert heard == {name: ["websocket.close"] for name, _ in HANDSHAKES}


async def shake(path: str, headers: list[tuple[bytes, bytes]]) -> list[str]:
    """What the server answers to the handshake, until the client leaves."""
    heard: list[str] = []
    events = [{"type": "websocket.connect"}]
    over = asyncio.Event()

    async def receive() -> dict[str, Any]:
        if events:
            return events.pop()
        await over.wait()
        return {"type": "websocket.disconnect", "code": 1006}

    async def send(event: dict[str, Any]) -> None:
        heard.append(event["type"])
        over.set()

    path, _, asked = path.partition("?")
    scope = {"type": "websocket", "path": path, "query_string": asked.encode(), "headers": headers, "subprotocols": []}
    await asyncio.wait_for(application(scope, receive, send), PATIENCE)
    return heard


@pytest.mark.parametrize("length", [MEGABYTE, 60_000])
async def test_frames_are_refused_for_text_that_is_too_long(connect: Any, length: int, seen: dict[str, int]) -> None:
    answers = {}
    for number, (message, name, worst) in enumerate(FRAMES):
        caller = await connect()
        if message is not HELLO:
            await caller.join("Grace")
        text = worst * (length // len(worst.encode()))
        await caller.send_raw(json.dumps({**message, name: text}, ensure_ascii=False))
        answers[number, message["type"], name] = (await caller.receive("error", "ack", "welcome", "reaction"))["type"]
        await caller.close()
    assert set(answers.values()) == {"error"}, answers
    assert seen.get("unicodedata.normalize", 0) <= NICKNAME


@pytest.mark.parametrize("length", [MEGABYTE, 60_000])
async def test_frames_are_refused_for_their_depth(connect: Any, length: int) -> None:
    caller = await connect()
    await caller.join("Grace")
    for start in NESTED:
        for rest in "[9":
            await caller.send_raw(start + rest * (length - len(start)))
            assert (await caller.receive("error"))["code"] in ("too_large", "bad_message"), (start, rest)


async def test_a_deep_signal_is_refused_and_not_passed_on(connect: Any) -> None:
    ada, grace = await connect(), await connect()
    await ada.join("Ada")
    await grace.join("Grace")
    deep = "[" * 15_000 + "]" * 15_000
    await ada.send_raw(f'{{"type":"signal","to":"{grace.seat}","epochs":[1,1],"data":{deep}}}')
    assert (await ada.receive("error"))["code"] == "bad_message"
    assert await grace.receives_no("signal")
