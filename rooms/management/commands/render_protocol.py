"""Generates files from rooms/protocol/: JavaScript types and limits, tables of the docs, examples for tests."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from msgspec import inspect as types

from rooms import protocol

SIMPLE_TYPES = {
    types.StrType: "string",
    types.IntType: "number",
    types.FloatType: "number",
    types.BoolType: "boolean",
    types.NoneType: "null",
    types.RawType: "unknown",
}
LINE_WIDTH = 120  # as in biome.json

MESSAGES: tuple[Any, ...] = (*protocol.CLIENT_MESSAGES, *protocol.SERVER_MESSAGES)


def jsdoc_type(kind: types.Type) -> str:
    """Return the JSDoc type of a msgspec type."""
    match kind:
        case types.Metadata():
            return jsdoc_type(kind.type)
        case types.StructType():
            return kind.cls.__name__
        case types.ListType():
            return f"{jsdoc_type(kind.item_type)}[]"
        case types.TupleType():
            return f"[{', '.join(jsdoc_type(item) for item in kind.item_types)}]"
        case types.LiteralType():
            return "|".join(json.dumps(value) for value in kind.values)
        case types.UnionType():
            return "|".join(map(jsdoc_type, kind.types))
    return SIMPLE_TYPES[type(kind)]


def fields(cls: type[msgspec.Struct]) -> list[tuple[str, str, bool]]:
    """Return (name on the wire, JSDoc type, whether it may be absent) of each field except ``type``."""
    info = types.type_info(cls)
    assert isinstance(info, types.StructType)
    return [(field.encode_name, jsdoc_type(field.type), not field.required) for field in info.fields]


def description(cls: type) -> str:
    """Return the docstring on one line."""
    return " ".join((cls.__doc__ or "").split())


def tag(cls: type[msgspec.Struct]) -> str | None:
    """Return the value of ``type`` on the wire; None for records."""
    value = cls.__struct_config__.tag
    return None if value is None else str(value)


def typedef(cls: type[msgspec.Struct]) -> str:
    lines = [f" * {description(cls)}", f" * @typedef {{Object}} {cls.__name__}"]
    if tag(cls):
        lines.append(f' * @property {{"{tag(cls)}"}} type')
    for name, kind, optional in fields(cls):
        lines.append(f" * @property {{{kind}}} {f'[{name}]' if optional else name}")
    return "/**\n" + "\n".join(lines) + "\n */"


def union(name: str, classes: tuple[type[Any], ...]) -> str:
    return f"/** @typedef {{{'|'.join(cls.__name__ for cls in classes)}}} {name} */"


def constant(name: str, value: Mapping[str, object] | Sequence[str]) -> str:
    """Return the declaration of a constant as the formatter writes it: a list on one line where it fits."""
    template = f"export const {name} = /** @type {{{{const}}}} */ ({{}});"
    if isinstance(value, Mapping):
        lines = [f"{key}: {json.dumps(item)}" for key, item in value.items()]
        opening, closing = "{", "}"
    else:
        lines = [json.dumps(item, ensure_ascii=False) for item in value]
        opening, closing = "[", "]"
        whole = template.format(f"[{', '.join(lines)}]")
        if len(whole) <= LINE_WIDTH:
            return whole
    body = "".join(f"  {line},\n" for line in lines)
    return template.format(f"{opening}\n{body}{closing}")


def render_javascript() -> str:
    limits = {name: value for name, value in protocol.LIMITS.items() if name != "PROTOCOL_VERSION"}
    parts = [
        "// GENERATED from rooms/protocol/ by `manage.py render_protocol`. Do not edit.",
        *map(typedef, (*protocol.RECORDS, *protocol.CLIENT_MESSAGES, *protocol.SERVER_MESSAGES)),
        union("ClientMessage", protocol.CLIENT_MESSAGES),
        union("ServerMessage", protocol.SERVER_MESSAGES),
        f"export const PROTOCOL_VERSION = {protocol.PROTOCOL_VERSION};",
        constant("LIMITS", limits),
        constant("REACTIONS", list(protocol.REACTIONS)),
        constant("ERROR_CODES", list(protocol.ERRORS)),
        constant("BYE_CODES", list(protocol.BYES)),
    ]
    return "\n\n".join(parts) + "\n"


def _table(rows: Sequence[tuple[str, ...]], head: tuple[str, ...]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in lines)


def _field_list(cls: type[msgspec.Struct]) -> str:
    return ", ".join(f"`{name}{'?' if optional else ''}`: {kind}" for name, kind, optional in fields(cls))


def _messages(classes: tuple[type[Any], ...]) -> str:
    rows = [(f"`{tag(cls)}`", _field_list(cls), description(cls)) for cls in classes]
    return _table(rows, ("type", "fields", "meaning"))


def render_tables() -> dict[str, str]:
    """Return the tables of docs/protocol.md by the names of their markers."""
    examples = "\n".join(json.dumps(example, ensure_ascii=False) for cls in MESSAGES for example in cls.examples)
    return {
        "client": _messages(protocol.CLIENT_MESSAGES),
        "server": _messages(protocol.SERVER_MESSAGES),
        "records": _table(
            [(f"`{cls.__name__}`", _field_list(cls), description(cls)) for cls in protocol.RECORDS],
            ("record", "fields", "meaning"),
        ),
        "limits": _table([(f"`{name}`", str(value)) for name, value in protocol.LIMITS.items()], ("limit", "value")),
        "errors": _table([(f"`{code}`", text) for code, text in protocol.ERRORS.items()], ("code", "sentence")),
        "byes": _table(
            [(f"`{code}`", str(close), action, text) for code, (close, action, text) in protocol.BYES.items()],
            ("code", "close code", "action", "sentence"),
        ),
        "examples": f"```json\n{examples}\n```",
    }


def _fill(table: str, marker: re.Match[str]) -> str:
    return f"{marker[1]}{table}\n{marker[2]}"


def render_document(document: str) -> str:
    for name, table in render_tables().items():
        marker = rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)"
        document, found = re.subn(marker, partial(_fill, table), document, flags=re.DOTALL)
        if not found:
            raise CommandError(f"docs/protocol.md has no place marked <!-- {name} -->.")
    return document


def render_examples() -> str:
    examples = {
        "client": [example for cls in protocol.CLIENT_MESSAGES for example in cls.examples],
        "server": [example for cls in protocol.SERVER_MESSAGES for example in cls.examples],
    }
    return json.dumps(examples, indent=2, ensure_ascii=False) + "\n"


def render_all(root: Path) -> dict[Path, str]:
    """Return the content of each generated file."""
    document = root / "docs" / "protocol.md"
    return {
        root / "static" / "js" / "protocol.js": render_javascript(),
        root / "tests" / "js" / "examples.json": render_examples(),
        document: render_document(document.read_text()),
    }


class Command(BaseCommand):
    """Writes the files that differ, or fails on them with --check."""

    help = "Renders static/js/protocol.js, tests/js/examples.json and docs/protocol.md from rooms/protocol/."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing, fail where a file differs")

    def handle(self, *, check: bool, **options: object) -> None:
        for path, text in render_all(settings.BASE_DIR).items():
            if path.exists() and path.read_text() == text:
                continue
            if check:
                raise CommandError(
                    f"{path.relative_to(settings.BASE_DIR)} is behind rooms/protocol/: run make protocol."
                )
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
            self.stdout.write(f"wrote {path.relative_to(settings.BASE_DIR)}")
