"""Hypothesis strategies for frames that no page of ours would send: arbitrary ones and damaged messages."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from rooms import protocol

Frame = tuple[str | bytes, bool]  # what is sent, and whether as a text frame

EXAMPLES = [example for kind in protocol.CLIENT_MESSAGES for example in kind.examples]
NAMES = sorted({name for example in EXAMPLES for name in example})

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


@st.composite
def nearly_valid(draw: st.DrawFn) -> str:
    """An example of the schema with fields changed, lost, added or doubled."""
    message: dict[str, Any] = dict(draw(st.sampled_from(EXAMPLES)))
    for _ in range(draw(st.integers(0, 2))):
        name = draw(st.sampled_from(sorted(message) + NAMES))
        if draw(st.booleans()):
            message[name] = draw(anything)
        else:
            message.pop(name, None)
    fields = [(name, json.dumps(value)) for name, value in message.items()]
    doubled = draw(st.booleans())
    if fields and doubled:
        fields.append(draw(st.sampled_from(fields)))
    return "{" + ",".join(f"{json.dumps(name)}:{value}" for name, value in fields) + "}"


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A valid message, cut or with a few characters changed."""
    text = json.dumps(draw(st.sampled_from(EXAMPLES)), ensure_ascii=False)
    at = draw(st.integers(0, len(text)))
    return text[:at] + draw(st.text(max_size=5)) + text[draw(st.integers(at, len(text))) :]


huge = st.builds(
    lambda example, size: json.dumps({**example, "text": "x" * size}),
    st.sampled_from(EXAMPLES),
    st.sampled_from([protocol.FRAME_BYTES - 200, protocol.FRAME_BYTES, protocol.FRAME_BYTES + 1]),
)
deep = st.integers(1, 20_000).map(lambda depth: '{"type":"signal","data":' + "[" * depth)


def _texts(strategy: st.SearchStrategy[str]) -> st.SearchStrategy[Frame]:
    # A lone surrogate cannot be sent at all.
    return strategy.filter(_can_be_sent).map(lambda text: (text, True))


def _can_be_sent(text: str) -> bool:
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)


frames: st.SearchStrategy[Frame] = st.one_of(
    _texts(nearly_valid()),
    _texts(nearly_valid()),
    _texts(damaged()),
    _texts(anything.map(lambda value: json.dumps(value))),
    _texts(st.text(max_size=200)),
    _texts(st.one_of(huge, deep)),
    st.binary(max_size=200).map(lambda data: (data, False)),
    # Bytes in a text frame, UTF-8 or not.
    st.binary(max_size=40).map(lambda data: (data, True)),
)
