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
def test_a_name_is_cleaned(text, name):
    assert clean_nickname(text) == name


@pytest.mark.parametrize("text", ["", "   ", "\u200d\u200b", "x" * 41, "\u0301", "\x00"])
def test_a_name_that_shows_nothing_or_too_much_is_refused(text):
    with pytest.raises(ValueError, match="1 to 40"):
        clean_nickname(text)


def test_case_width_and_joiners_do_not_tell_people_apart():
    assert nickname_key("STRASSE") == nickname_key("straße")
    assert nickname_key("Ada") == nickname_key(clean_nickname("ＡＤＡ"))


def test_a_suggestion_is_free_and_short_enough():
    taken = {"ada", "ada 2"}
    assert suggest("Ada", taken) == "Ada 3"
    long = "x" * 40
    assert suggest(long, {long}) == "x" * 38 + " 2"


async def test_a_taken_name_gets_a_suggestion_that_works(door):
    ada, twin = await door(), await door()
    await ada.join("Ada")
    answer = await twin.join("ADA")
    assert (answer["code"], answer["suggestion"]) == ("nickname_taken", "ADA 2")
    assert (await twin.join(answer["suggestion"]))["type"] == "welcome"


async def test_a_bad_name_is_answered_with_a_sentence(door):
    ada = await door()
    answer = await ada.join("\u202e")
    assert (answer["code"], answer["message"]) == (
        "nickname_invalid",
        "Please enter a name of 1 to 40 characters.",
    )


async def test_a_name_is_free_again_once_its_person_left(door):
    ada, twin = await door(), await door()
    await ada.join("Ada")
    await ada.say("leave")
    await ada.bye()
    assert (await twin.join("Ada"))["type"] == "welcome"
