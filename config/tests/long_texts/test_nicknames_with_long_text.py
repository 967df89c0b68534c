"""A nickname is measured before it is normalized, and again afterwards."""

from __future__ import annotations

import unicodedata

import pytest

from config.ground.nicknames import INVALID, clean_nickname
from config.tests.long_texts.promised_limits import GRAVES, MARKS, MEGABYTE
from rooms import protocol


@pytest.mark.parametrize("worst", [MARKS, GRAVES, "\ufdfa", " ", "\u200d", "a"])
def test_a_nickname_is_measured_before_it_is_normalized(worst: str, seen: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=str(INVALID)):
        clean_nickname(worst * MEGABYTE)
    assert "unicodedata.normalize" not in seen


def test_a_nickname_may_be_typed_longer_than_it_is_kept() -> None:
    assert clean_nickname("e\u0301" * protocol.NICKNAME_MAX) == "\u00e9" * protocol.NICKNAME_MAX
    assert clean_nickname(" " * 60 + "Ada" + "\u202e" * 60) == "Ada"


def test_a_nickname_that_grows_when_it_is_normalized_is_measured_again() -> None:
    assert len(unicodedata.normalize("NFKC", "\ufdfa")) == 18
    with pytest.raises(ValueError, match=str(INVALID)):
        clean_nickname("\ufdfa" * 3)
