"""Rules for text that others see: nothing in it is hidden, and marks do not pile up. Each takes one pass.

Joiners and variation selectors are kept where a script or an emoji needs them:

- U+200C and U+200D between letters of Arabic and of the scripts of India and its neighbours (RFC 5892, appendix A, asks
  for a virama before them, which would refuse the Bengali ra with ya-phala), U+200D between emoji;
- U+FE0F after a symbol and in keycaps, ideographic variation sequences (UTS #37) after Han, which Japanese family names
  need, and the free variation selectors and vowel separator after Mongolian;
- tags in a flag (UTS #51, emoji tag sequences).
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right

from config.ground.unicode.tables import IGNORABLE

# Drawn as nothing or as a gap, without being white space or ignorable: the empty Braille pattern, the object
# replacement character, the musical null notehead, Egyptian blanks.
BLANK = frozenset("\u2800\ufffc\U0001d159\U00013441\U00013442")
FLAG = re.compile("(\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{1,6}\U000e007f)")
ZERO_WIDTH_NON_JOINER, ZERO_WIDTH_JOINER, EMOJI_STYLE, KEYCAP = "\u200c", "\u200d", "\ufe0f", "\u20e3"
# Reserved for emoji (Extended_Pictographic): a newer Unicode than Python's may have assigned them.
PICTOGRAPHS = range(0x1F000, 0x1FB00)
# Devanagari to Sinhala, Tibetan and Myanmar, Philippine scripts to Mongolian, Limbu to Lepcha, Syloti Nagri and others,
# Javanese and others, Meetei Mayek, Brahmi and its offspring.
_JOINED_SCRIPTS = [
    (0x0900, 0x0DFF), (0x0F00, 0x109F), (0x1700, 0x18AF), (0x1900, 0x1C4F), (0xA800, 0xA8DF), (0xA930, 0xAAFF),
    (0xABC0, 0xABFF), (0x11000, 0x11FFF),
]  # fmt: skip
_HAN = [(0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF)]
_MONGOLIAN = [(0x1820, 0x18AF)]
# Marks of no particular script: combining diacritics and their supplements, those for symbols, and half marks.
_COMMON_MARKS = [(0x0300, 0x036F), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE20, 0xFE2F)]
# UTS #39, 5.4, would forbid more than four nonspacing marks on one base. A Tibetan stack needs eight (ཧྐྵྨླྺྼྻྂ), a Burmese
# syllable six; no script needs more than four of those that belong to none.
MARKS_MAX, COMMON_MARKS_MAX = 8, 4


def shows_something(text: str) -> bool:
    """Return whether a reader sees anything of the text: a letter, digit, sign or symbol, be it of a newer Unicode."""
    return any(_is_seen(char) for char in text)


def _is_seen(char: str) -> bool:
    category = unicodedata.category(char)
    return (category[0] in "LNPS" or category in ("Cn", "Co")) and char not in BLANK and ord(char) not in IGNORABLE


def in_one_line(text: str) -> str:
    """Return the text without what is not seen, with gaps as single spaces and bounded marks, in NFC.

    Controls, bidi and other format characters are dropped: invisible ones would let two names look alike, and bidi
    controls would reorder the text around a name. So are code points that are private or not assigned, but for emoji.
    """
    parts = FLAG.split(text)
    parts[::2] = map(_without_hidden, parts[::2])
    line = " ".join("".join(parts).split())
    start = next((index for index, char in enumerate(line) if unicodedata.category(char)[0] != "M"), len(line))
    return unicodedata.normalize("NFC", with_few_marks(line[start:].lstrip()))


def visible_title(text: str) -> str:
    """Return a title of one line; "" for one that shows nothing."""
    line = in_one_line(text)
    return line if shows_something(line) else ""


def _without_hidden(text: str) -> str:
    kept: list[str] = []
    for index, char in enumerate(text):
        if char in BLANK or char.isspace():
            kept.append(" ")
        elif not _is_hidden(char) or _is_needed(char, kept[-1] if kept else " ", text[index + 1 : index + 2] or " "):
            kept.append(char)
    return "".join(kept)


def _is_hidden(char: str) -> bool:
    if ord(char) in IGNORABLE:
        return True
    category = unicodedata.category(char)
    return category in {"Cc", "Cf", "Cs", "Co"} or (category == "Cn" and ord(char) not in PICTOGRAPHS)


def _is_needed(char: str, before: str, after: str) -> bool:
    """Return whether a script or an emoji needs an invisible character between these two."""
    code = ord(char)
    if char in (ZERO_WIDTH_JOINER, ZERO_WIDTH_NON_JOINER):
        if _is_joined(before) and _is_joined(after):
            return True
        return char == ZERO_WIDTH_JOINER and (before == EMOJI_STYLE or _is_symbol(before)) and _is_symbol(after)
    if char == EMOJI_STYLE and (_is_symbol(before) or after == KEYCAP):
        return True
    if 0xFE00 <= code <= 0xFE02 or 0xE0100 <= code <= 0xE01EF:
        return _is_within(before, _HAN)
    return 0x180B <= code <= 0x180F and _is_within(before, _MONGOLIAN)


def _is_joined(char: str) -> bool:
    # Marks of Arabic are NSM, as all marks.
    is_arabic = unicodedata.bidirectional(char) == "AL" or 0x0610 <= ord(char) <= 0x08FF
    return is_arabic or _is_within(char, _JOINED_SCRIPTS)


def _is_symbol(char: str) -> bool:
    return ord(char) in PICTOGRAPHS or unicodedata.category(char) in ("So", "Sm")


def _is_within(char: str, ranges: list[tuple[int, int]]) -> bool:
    index = bisect_right(ranges, (ord(char), 0x110000)) - 1
    return index >= 0 and ord(char) <= ranges[index][1]


def with_few_marks(text: str) -> str:
    """Return the text with no more nonspacing and enclosing marks on one base than scripts need, and none doubled."""
    if text.isascii():
        return text
    kept: list[str] = []
    marks = common = 0
    before = ""
    for char in text:
        category = unicodedata.category(char)
        if category in ("Mn", "Me"):
            is_common = _is_within(char, _COMMON_MARKS)
            if char == before or marks == MARKS_MAX or (is_common and common == COMMON_MARKS_MAX):
                continue
            marks, common = marks + 1, common + is_common
        elif category not in ("Mc", "Cf"):  # a joiner does not begin a new base
            marks = common = 0
        before = char
        kept.append(char)
    return "".join(kept)
