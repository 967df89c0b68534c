"""Room codes: generating them, and parsing them from what people type or paste."""

from __future__ import annotations

import re
import secrets
import unicodedata
from urllib.parse import unquote

from config.ground.unicode.tables import IGNORABLE

# No look-alikes (i, l, o, 0, 1) and no u, so that a code can be read aloud and rarely spells a word.
CODE_ALPHABET = "abcdefghjkmnpqrstvwxyz23456789"
CODE_GROUPS = (3, 4, 3)
CODE_LENGTH = sum(CODE_GROUPS)
_UNSEEN = dict.fromkeys(IGNORABLE)
_AROUND = " .,;:!?…。、·*_~#|/\\\"'`´“”„‟‘’‚‛«»‹›「」『』()[]{}<>〈〉《》"
LINK_MAX = 500  # code points of what is typed or pasted
CODE = re.compile(rf"[{CODE_ALPHABET}]{{{CODE_LENGTH}}}")
# Hyphens and dashes (the property Dash), as far as NFKC leaves them, and what people put in their place.
_DASH = r"[-~_\u00b7\u058a\u05be\u2010-\u2015\u2043\u2053\u207b\u208b\u2212\u2e3a\u2e3b\u301c\u30fb\u30fc]"
_CODE_WITH = r"([{alphabet}]{{{sizes[0]}}}){gap}([{alphabet}]{{{sizes[1]}}}){gap}([{alphabet}]{{{sizes[2]}}})".format
_GROUPS = {"alphabet": CODE_ALPHABET, "sizes": CODE_GROUPS}
# What goes on behind a hyphen is another word, but a dash may be part of the sentence.
_ALONE, _OVER = r"(?<!\w)(?<!\w-)", r"(?![^\W_]|-\w)"
CODE_IN_LINK = re.compile("/r/" + _CODE_WITH(gap=rf"{_DASH}?", **_GROUPS) + _OVER)
SLUG_IN_LINK = re.compile(r"/r/([a-z0-9-]{1,32})(?![\w-])")
CODE_IN_TEXT = re.compile(_ALONE + _CODE_WITH(gap=rf" ?{_DASH} ?", **_GROUPS) + _OVER)
# Ten letters without hyphens may be a word ("attachment"), so in a sentence something has to announce them.
_ANNOUNCED = r"(?:code|(?<!\w)(?:id|kennung|meeting|raum|room|besprechung|konferenz|treffen|call))"
_IS = r"(?: (?:is|ist|lautet|heißt))?"
CODE_AFTER_WORD = re.compile(rf"{_ANNOUNCED}{_IS}[^\w/]{{1,5}}" + _CODE_WITH(gap=rf"(?: |{_DASH})?", **_GROUPS) + _OVER)


def new_code() -> str:
    """Return a random room code like ``abc-defg-hjk``: ten characters out of thirty, about 49 bits."""
    return "-".join("".join(secrets.choice(CODE_ALPHABET) for _ in range(n)) for n in CODE_GROUPS)


def room_code(text: str) -> str | None:
    """Return the room code in what somebody typed or pasted, or None.

    That is a link, or a code with or without hyphens, in upper or lower case, and there may be a sentence, quotes,
    brackets and punctuation around it, invisible characters in it, dashes for its hyphens, and full-width letters. A
    link may also have an unusual slug.
    """
    if len(text) > LINK_MAX:
        return None
    text = _plain(text)
    if link := CODE_IN_LINK.search(text):
        return "-".join(link.groups())
    if link := SLUG_IN_LINK.search(text):
        return link[1]
    letters = re.sub(rf"(?:\s|{_DASH})", "", text.strip(_AROUND))
    if CODE.fullmatch(letters):
        return _grouped(letters)
    found = CODE_IN_TEXT.search(text) or CODE_AFTER_WORD.search(text)
    return "-".join(found.groups()) if found else None


def _plain(text: str) -> str:
    """Return the text in small letters of normal width, without invisible characters and runs of spaces.

    A link that was passed on as a parameter of another (mail programs rewrite them so) is decoded.
    """
    text = unicodedata.normalize("NFKC", text.translate(_UNSEEN)).lower()
    if "%2f" in text:
        text = unquote(text)
    return " ".join(text.split())


def _grouped(letters: str) -> str:
    groups, start = [], 0
    for size in CODE_GROUPS:
        groups.append(letters[start : start + size])
        start += size
    return "-".join(groups)
