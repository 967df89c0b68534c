"""Chat lines: one that shows nothing is refused, marks do not pile up, and what is written stays as it is."""

from __future__ import annotations

import unicodedata

import pytest


@pytest.mark.parametrize(
    "text", ["\u3164", "\u2800 \u2800", "\u200b\u200d", "\ufe0f", "\u202e", "\u0301", "\U000e0061"]
)
async def test_a_line_that_shows_nothing_is_refused(connect, text: str) -> None:
    ada = await connect()
    await ada.join("Ada")
    await ada.send("chat", text=text, ref="c1")
    assert (await ada.receive("error", "ack")).get("code") == "bad_message"


async def test_marks_on_a_letter_are_bounded(connect) -> None:
    ada = await connect()
    await ada.join("Ada")
    await ada.send("chat", text="H" + "".join(map(chr, range(0x0300, 0x0340))) * 20 + "i", ref="c1")
    said = (await ada.receive("chat"))["line"]["text"]
    assert (said[0], said[-1]) == ("H", "i")
    assert sum(unicodedata.category(char) == "Mn" for char in said) <= 8


@pytest.mark.parametrize(
    "text", ["علی\u200cرضا", "👩\u200d💻 ❤️", "a\u00adb", "\u200fשלום", "ﬁ ½ ｗｉｄｅ", "e\u0301", "\U0001fae9"]
)
async def test_other_text_stays_as_it_was_written(connect, text: str) -> None:
    ada = await connect()
    await ada.join("Ada")
    await ada.send("chat", text=text, ref="c1")
    assert (await ada.receive("chat"))["line"]["text"] == text
