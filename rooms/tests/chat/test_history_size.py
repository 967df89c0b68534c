"""Limits of a request for earlier chat: no control characters in lines, pages counted in bytes."""

from __future__ import annotations

import json

import pytest

from config.ground.clock import clock
from rooms import protocol
from rooms.models import ChatMessage, Seat
from rooms.runtime.executors import seat_executor

OVERHEAD = 4096  # the part of a frame around its lines
CONTROLS = "".join(map(chr, [*range(0x20), *range(0x7F, 0xA0)]))


@pytest.fixture
def written():
    """``await written(ada, texts)`` puts lines of Ada's into the table, as an older release may have."""

    async def write(caller, texts: list[str]) -> None:
        def insert() -> None:
            seat = Seat.objects.get(pk=caller.seat)
            ChatMessage.objects.bulk_create(
                ChatMessage(room_id=seat.room_id, seat=seat, nickname="Ada", text=text, ref=str(n), sent_at=clock.now())
                for n, text in enumerate(texts)
            )

        await seat_executor.run(insert)

    return write


async def pages_of(caller, time, welcome) -> list[list[str]]:
    """The texts of each page, the last first, asked for until there is nothing before; each page is bounded."""
    lines, earlier = welcome["chat"], welcome.get("chat_earlier", False)
    pages = [[line["text"] for line in lines]]
    while earlier:
        time.advance(2)  # within the rate of chat.earlier
        await caller.send("chat.earlier", before=lines[0]["id"])
        answer = await caller.receive("chat.lines")
        assert size(answer) <= protocol.CHAT_HISTORY_BYTES + OVERHEAD
        lines, earlier = answer["lines"], answer["earlier"]
        pages.append([line["text"] for line in lines])
    return pages


def size(message: object) -> int:
    return len(json.dumps(message, ensure_ascii=False).encode())


async def test_control_characters_are_not_stored_and_layout_is(connect):
    ada, grace = await connect(), await connect()
    await ada.join("Ada")
    await grace.join("Grace")
    await ada.send("chat", text=f"one\n\ttwo{CONTROLS}three \U0001f44d\u200d", ref="c1")
    line = (await grace.receive("chat"))["line"]
    assert line["text"] == "one\n\ttwo\t\nthree \U0001f44d\u200d"


async def test_a_line_of_control_characters_says_nothing(connect):
    ada = await connect()
    await ada.join("Ada")
    await ada.send("chat", text="\x01" * protocol.CHAT_MAX, ref="c1")
    assert (await ada.receive("error", "chat"))["type"] == "error"


async def test_a_line_may_be_full_without_them_and_no_longer(connect):
    ada = await connect()
    await ada.join("Ada")
    await ada.send("chat", text="\x01" * 100 + "x" * protocol.CHAT_MAX, ref="c1")
    assert (await ada.receive("error", "chat")).get("line", {}).get("text") == "x" * protocol.CHAT_MAX
    await ada.send("chat", text=" " + "x" * (protocol.CHAT_MAX + 1), ref="c2")
    assert (await ada.receive("error"))["code"] == "too_large"


@pytest.mark.parametrize("character", ["\U0001f600", "\x01", '"'], ids=["emoji", "control", "quote"])
async def test_pages_of_history_are_bounded_in_bytes_and_reach_everything(connect, time, written, character):
    ada, late = await connect(), await connect()
    await ada.join("Ada")
    texts = [f"{n} " + character * (protocol.CHAT_MAX - 10) for n in range(protocol.CHAT_HISTORY + 50)]
    await written(ada, texts)
    welcome = await late.join("Late")
    assert size(welcome) <= protocol.CHAT_HISTORY_BYTES + OVERHEAD
    pages = await pages_of(late, time, welcome)
    assert [text for page in reversed(pages) for text in page] == texts


async def test_a_page_of_ordinary_lines_is_as_long_as_ever(connect, time, written):
    ada, late = await connect(), await connect()
    await ada.join("Ada")
    texts = [f"line {n}" for n in range(2 * protocol.CHAT_HISTORY)]
    await written(ada, texts)
    pages = await pages_of(late, time, await late.join("Late"))
    assert list(map(len, pages)) == [protocol.CHAT_HISTORY, protocol.CHAT_HISTORY]


async def test_one_line_comes_however_long_it_is(connect, written, monkeypatch):
    monkeypatch.setattr(protocol, "CHAT_HISTORY_BYTES", 10)
    ada, late = await connect(), await connect()
    await ada.join("Ada")
    await written(ada, ["first", "second"])
    welcome = await late.join("Late")
    assert ([line["text"] for line in welcome["chat"]], welcome["chat_earlier"]) == (["second"], True)
