"""Which texts look alike, by the skeletons of UTS #39: Cyrillic А and Latin A, for example."""

from __future__ import annotations

import unicodedata

from config.ground.unicode.tables import IGNORABLE, LOOKS_LIKE

_IGNORED: dict[int, None] = dict.fromkeys(IGNORABLE)


def folded(text: str) -> str:
    """Return the text without differences of case, width and compatibility, and without what is not seen."""
    once = unicodedata.normalize("NFKC", text.translate(_IGNORED).casefold())
    return unicodedata.normalize("NFKC", once.casefold()).translate(_IGNORED)


def skeleton(text: str) -> str:
    """Return the form that two texts share that look alike (UTS #39, section 4). It is only for comparing."""
    return unicodedata.normalize("NFD", unicodedata.normalize("NFD", text).translate(LOOKS_LIKE))


def appearances(text: str) -> frozenset[str]:
    """Return the forms of a text of which two texts that a reader takes for the same share one.

    A skeleton depends on case: Cyrillic В looks like B, but в not like b, and I looks like l. So case is folded before
    it is made, which keeps IAN and ian the same, and in another form after it, which makes Вob Bob.
    """
    return frozenset((skeleton(folded(text)), folded(skeleton(text))))
