"""Nicknames hold nothing hidden and no piles of marks, and keep what the scripts of the world need."""

from __future__ import annotations

import unicodedata

import pytest

from config.ground.nicknames import INVALID, clean_nickname, nickname_key
from config.tests.texts import INVISIBLE, NEEDED


@pytest.mark.parametrize("hidden", INVISIBLE.values(), ids=INVISIBLE)
def test_a_name_of_what_nobody_sees_is_refused(hidden: str) -> None:
    for name in (hidden, hidden * 20, f" {hidden} {hidden} ", hidden + "\u0301"):
        with pytest.raises(ValueError, match=str(INVALID)):
            clean_nickname(name)


@pytest.mark.parametrize("hidden", INVISIBLE.values(), ids=INVISIBLE)
def test_what_nobody_sees_makes_no_other_name(hidden: str) -> None:
    for name in (f"Ada{hidden}", f"{hidden}Ada", f"A{hidden}da"):
        assert clean_nickname(name).replace(" ", "") == "Ada"
    assert nickname_key(clean_nickname(f"Ada{hidden}")) == nickname_key("Ada")


@pytest.mark.parametrize("name", NEEDED.values(), ids=NEEDED)
def test_what_a_script_needs_is_kept(name: str) -> None:
    assert clean_nickname(name) == unicodedata.normalize("NFKC", name)


def test_vietnamese_and_hangul_may_come_decomposed() -> None:
    for name in ("Nguyễn Thị Ngọc Ánh", "Đặng Hữu Phước", "김철수"):
        assert clean_nickname(unicodedata.normalize("NFD", name)) == name


@pytest.mark.parametrize("one", ["علی\u200cرضا", "❤\ufe0f Ada", "葛\U000e0100城", "ශ්\u200dරී"])
def test_what_is_kept_unseen_makes_no_other_name(one: str) -> None:
    other = one.translate(dict.fromkeys([0x200C, 0x200D, 0xFE0F, 0xE0100]))
    assert clean_nickname(one) != clean_nickname(other)
    assert nickname_key(clean_nickname(one)) == nickname_key(clean_nickname(other))


@pytest.mark.parametrize("marks", ["\u0310\u0311" * 15, "".join(map(chr, range(0x0310, 0x0330))), "\u0e49\u0e47" * 15])
def test_marks_do_not_pile_up(marks: str) -> None:
    name = clean_nickname("A" + marks + "da")
    assert (name[0], name[-2:], len(name) <= 11) == ("A", "da", True)
    assert clean_nickname("A" + marks * 4 + "da").startswith("A")


def test_a_flag_of_tags_that_does_not_end_is_only_a_flag() -> None:
    assert clean_nickname("🏴\U000e0067\U000e0062 Ada") == "🏴 Ada"
