"""One file out of an entry file and all it imports, so that a page needs few requests.

Scripts and style sheets are written as small files. Each request costs a page more than most of these files
weigh, so what browsers get is one script and one style sheet per kind of page. A script becomes a list of
functions, one per module in the order in which a browser would run them, so that names stay apart.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable

import rjsmin

Read = Callable[[str], str]

IMPORT = re.compile(r'^import \{([\w\s,]*)\} from "(\.{1,2}/[^"]+)";$', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function\*?|class|const) (\w+))", re.MULTILINE)
OTHER_FORM = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
# The minifier takes the inner template for the end of the outer one, and what follows for code without need of spaces.
NESTED_TEMPLATE = re.compile(r"\$\{[^}`\n]*`.*")
STYLE_IMPORT = re.compile(r'^@import "([^"]+)";\n', re.MULTILINE)


class CannotBundle(Exception):
    """A file uses a form of import or export that is not understood here."""


def bundled_script(entry: str, read: Read) -> str:
    """``read`` gives the text of a module by its path.

    Raises CannotBundle for any other form than ``import { a, b } from "./c.js";`` and an ``export`` before a
    declaration, for a template literal within another, and for modules that import each other in a circle.
    """
    order = list(_in_order(entry, read, _imports))
    numbers = {path: number for number, path in enumerate(order)}
    parts = [_wrapped(path, read(path), numbers) for path in order[:-1]]
    parts.append(_with_constants(entry, read(entry), numbers))
    return str(rjsmin.jsmin("\n".join(parts)))


def bundled_style(entry: str, read: Read) -> str:
    """Style sheets in the order of their ``@import "…";`` lines."""
    return "\n".join(STYLE_IMPORT.sub("", read(path)) for path in _in_order(entry, read, _style_imports))


def _in_order(
    path: str, read: Read, imports: Callable[[str, str], Iterable[str]], above: tuple[str, ...] = ()
) -> dict[str, None]:
    """The file and all it imports, each once and after what it imports itself."""
    if path in above:
        raise CannotBundle(f"{path} imports itself by way of {above[-1]}")
    found: dict[str, None] = {}
    for imported in imports(path, read(path)):
        found |= _in_order(imported, read, imports, (*above, path))
    return found | {path: None}


def _beside(path: str, relative: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), relative))


def _imports(path: str, text: str) -> list[str]:
    return [_beside(path, match[2]) for match in IMPORT.finditer(text)]


def _style_imports(path: str, text: str) -> list[str]:
    return [_beside(path, match[1]) for match in STYLE_IMPORT.finditer(text)]


def _with_constants(path: str, text: str, numbers: dict[str, int]) -> str:
    """A module whose imports became constants."""
    plain = IMPORT.sub(lambda match: f"const {{{match[1]}}} = module{numbers[_beside(path, match[2])]};", text)
    plain = EXPORT.sub("", plain)
    if odd := OTHER_FORM.search(plain) or NESTED_TEMPLATE.search(plain):
        raise CannotBundle(f"{path}: {odd[0]}")
    return plain


def _wrapped(path: str, text: str, numbers: dict[str, int]) -> str:
    exported = ", ".join(match[1] for match in EXPORT.finditer(text))
    body = _with_constants(path, text, numbers)
    return f"const module{numbers[path]} = (() => {{\n{body}\nreturn {{ {exported} }};\n}})();"
