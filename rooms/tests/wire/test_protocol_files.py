"""The protocol schema and the files generated from it."""

from __future__ import annotations

import json

import msgspec
import pytest
from django.core.management import CommandError, call_command

from rooms import protocol
from rooms.management.commands import render_protocol


def test_the_generated_files_match_the_schema():
    call_command("render_protocol", "--check")


def test_the_check_fails_when_the_schema_has_changed(monkeypatch):
    monkeypatch.setitem(protocol.ERRORS, "brand_new", "A new sentence.")
    with pytest.raises(CommandError, match="is behind"):
        call_command("render_protocol", "--check")


@pytest.mark.parametrize("cls", [*protocol.CLIENT_MESSAGES, *protocol.SERVER_MESSAGES], ids=lambda cls: cls.__name__)
def test_every_message_has_a_docstring_and_valid_examples(cls):
    assert cls.examples
    assert cls.__doc__
    for example in cls.examples:
        decoded = msgspec.json.decode(json.dumps(example), type=cls)
        again = json.loads(msgspec.json.encode(decoded))
        assert again == example


def test_every_error_and_bye_text_is_a_sentence():
    for text in [*protocol.ERRORS.values(), *(text for _, _, text in protocol.BYES.values())]:
        assert text[0].isupper()
        assert text.endswith(".")


def test_types_are_rendered_as_jsdoc():
    text = render_protocol.render_javascript()
    assert ' * @property {"host"|"member"} role' in text
    assert " * @property {[number, number]} epochs" in text
    assert " * @property {boolean} [hand]" in text
    assert "export const LIMITS" in text
