"""Nickname rules: normalizing, comparing, suggesting a free one."""

from __future__ import annotations

import pytest

from config.ground.nicknames import clean_nickname, nickname_key, suggest


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("  Ada   Lovelace ", "Ada Lovelace"),
        ("Ａｄａ", "Ada"),
        ("A\u202ed\u0000a", "Ada"),
        ("Zoë\u200b", "Zoë"),
        ("👩\u200d💻", "👩\u200d💻"),
        ("x" * 40, "x" * 40),
    ],
)
def test_a_nickname_is_normalized(text, name):
    assert clean_nickname(text) == name


@pytest.mark.parametrize("text", ["", "   ", "\u200d\u200b", "x" * 41, "\u0301", "\x00"])
def test_an_invisible_or_overlong_nickname_is_refused(text):
    with pytest.raises(ValueError, match="1 to 40"):
        clean_nickname(text)


def test_nicknames_that_differ_only_in_case_or_width_are_the_same():
    assert nickname_key("STRASSE") == nickname_key("straße")
    assert nickname_key("Ada") == nickname_key(clean_nickname("ＡＤＡ"))


def test_a_suggestion_is_free_and_within_the_length_limit():
    taken = {"ada", "ada 2"}
    assert suggest("Ada", taken) == "Ada 3"
    long = "x" * 40
    assert suggest(long, {long}) == "x" * 38 + " 2"


async def test_joining_with_a_taken_nickname_gets_a_usable_suggestion(connect):
    ada, twin = await connect(), await connect()
    await ada.join("Ada")
    answer = await twin.join("ADA")
    assert (answer["code"], answer["suggestion"]) == ("nickname_taken", "ADA 2")
    assert (await twin.join(answer["suggestion"]))["type"] == "welcome"


async def test_joining_with_an_invalid_nickname_gets_an_explanation(connect):
    ada = await connect()
    answer = await ada.join("\u202e")
    assert (answer["code"], answer["message"]) == (
        "nickname_invalid",
        "Please enter a name of 1 to 40 characters.",
    )


async def test_a_nickname_is_free_again_once_its_person_has_left(connect):
    ada, twin = await connect(), await connect()
    await ada.join("Ada")
    await ada.send("leave")
    await ada.receive_bye()
    assert (await twin.join("Ada"))["type"] == "welcome"
