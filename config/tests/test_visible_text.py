"""What others see of a text, and which texts look alike."""

from __future__ import annotations

import unicodedata

import pytest

from config.ground.nicknames import clean_nickname, suggest
from config.ground.unicode.look_alikes import appearances
from config.ground.unicode.visible import MARKS_MAX, shows_something, visible_title, with_few_marks
from config.tests.texts import INVISIBLE, NEEDED


@pytest.mark.parametrize("hidden", INVISIBLE.values(), ids=INVISIBLE)
def test_a_title_shows_all_of_itself(hidden: str) -> None:
    assert visible_title(f" {hidden} {hidden}\u0301 ") == ""
    assert visible_title(f"{hidden}Week{hidden}ly{hidden}").replace(" ", "") == "Weekly"
    # A font may have something for a private character, such as the logo of a maker.
    assert not shows_something(hidden) or unicodedata.category(hidden) == "Co"


@pytest.mark.parametrize("text", NEEDED.values(), ids=NEEDED)
def test_what_a_script_needs_is_kept(text: str) -> None:
    assert visible_title(text) == unicodedata.normalize("NFC", text)
    for form in ("NFC", "NFD"):
        assert with_few_marks(unicodedata.normalize(form, text)) == unicodedata.normalize(form, text)
    assert shows_something(text)


def test_the_longest_tibetan_stack_is_whole() -> None:
    stack = "\u0f67\u0f90\u0fb5\u0fa8\u0fb3\u0fba\u0fbc\u0fbb\u0f82"
    assert with_few_marks(stack) == stack


@pytest.mark.parametrize(
    "marks",
    [
        "\u0310" * 40,
        "".join(map(chr, range(0x0310, 0x0338))),
        "\u0e49" * 40,
        "\u0e49\u0e47" * 20,
        "\u0489\u20dd" * 20,
        "\u0310\u200d\u0311\u200d" * 10,
        "\u0310\u034f\u0311\u034f" * 10,
        "\u05b0\u0591\u0310\u0311" * 10,
    ],
)
def test_marks_do_not_pile_up(marks: str) -> None:
    for text in (clean_nickname("A" + marks + "da"), visible_title("A" + marks + "da"), with_few_marks(f"A{marks}da")):
        pile = text.removesuffix("da")[1:]
        assert sum(unicodedata.category(char) in ("Mn", "Me") for char in pile) <= MARKS_MAX
        assert text.endswith("da")


LOOK_ALIKES = [
    ("Ada", "Аda"),  # Cyrillic А
    ("ADA", "АDА"),
    ("ada", "аdа"),
    ("Bob", "Вob"),  # Cyrillic В, whose small letter looks otherwise
    ("Paul", "Рaul"),
    ("Ida", "lda"),  # a small L
    ("Ida", "Ӏda"),  # Cyrillic palochka
    ("Ada", "Αda"),  # Greek alpha
    ("Joe", "Jοe"),  # Greek omicron
    ("Joe", "J०e"),  # a Devanagari zero
    ("O'Neil", "O’Neil"),
    ("Ada-Lea", "Ada‐Lea"),
    ("Adam", "Adarn"),
    ("علیرضا", "علی\u200cرضا"),
    ("❤️ Ada", "❤ Ada"),
    ("IAN", "ian"),
    ("STRASSE", "straße"),
]


@pytest.mark.parametrize(("one", "other"), LOOK_ALIKES)
def test_names_that_look_alike_are_the_same(one: str, other: str) -> None:
    assert appearances(clean_nickname(one)) & appearances(clean_nickname(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada", "Ade"),
        ("Zoe", "Zoë"),
        ("Ana", "Ava"),
        ("Нина", "Дина"),
        ("سعد", "سعيد"),
        ("李", "季"),
        ("Ada 2", "Ada 3"),
    ],
)
def test_other_names_are_others(one: str, other: str) -> None:
    assert not appearances(clean_nickname(one)) & appearances(clean_nickname(other))


def test_a_suggestion_looks_like_no_name_that_is_taken() -> None:
    taken = frozenset().union(*map(appearances, ("Ada", "Аda 2", "АDA 3")))
    assert suggest("Ada", taken) == "Ada 4"
    emoji = "👩\u200d💻" * 13
    assert clean_nickname(suggest(emoji, appearances(emoji))) == suggest(emoji, appearances(emoji))
