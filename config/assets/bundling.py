"""Bundles an entry file with everything it imports into one file.

Scripts and style sheets are written as small files, and one request costs a page more than most of them weigh. So
browsers get one script and one style sheet per kind of page. In a script each module becomes a function, in the order
in which a browser would run them, which keeps their names apart.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable

import rjsmin

Read = Callable[[str], str]  # returns the text of a file by its path

IMPORT = re.compile(r'^import \{([\w\s,]*)\} from "(\.{1,2}/[^"]+)";$', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function\*?|class|const) (\w+))", re.MULTILINE)
UNSUPPORTED_FORM = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
# The minifier takes an inner template for the end of the outer one, and removes spaces from the text after it.
NESTED_TEMPLATE = re.compile(r"\$\{[^}`\n]*`.*")
STYLE_IMPORT = re.compile(r'^@import "([^"]+)";\n', re.MULTILINE)


class BundleError(Exception):
    """A file uses syntax that cannot be bundled, or files import each other in a circle."""


def bundle_script(entry: str, read: Read) -> str:
    """Return the minified script of a module and everything it imports.

    Raises BundleError for any form of import or export except ``import { a, b } from "./c.js";`` and an ``export``
    before a declaration, for a template literal within another, and for modules that import each other in a circle.
    """
    order = list(_dependency_order(entry, read, _imports))
    numbers = {path: number for number, path in enumerate(order)}
    parts = [_as_function(path, read(path), numbers) for path in order[:-1]]
    parts.append(_without_imports(entry, read(entry), numbers))
    return str(rjsmin.jsmin("\n".join(parts)))


def bundle_style(entry: str, read: Read) -> str:
    """Return a style sheet with those of its ``@import "…";`` lines in place of the lines."""
    return "\n".join(STYLE_IMPORT.sub("", read(path)) for path in _dependency_order(entry, read, _style_imports))


def _dependency_order(
    path: str, read: Read, imports: Callable[[str, str], Iterable[str]], above: tuple[str, ...] = ()
) -> dict[str, None]:
    """Return the paths of a file and of everything it imports, each once and after its own imports."""
    if path in above:
        raise BundleError(f"{path} imports itself by way of {above[-1]}")
    found: dict[str, None] = {}
    for imported in imports(path, read(path)):
        found |= _dependency_order(imported, read, imports, (*above, path))
    return found | {path: None}


def _resolve(path: str, relative: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), relative))


def _imports(path: str, text: str) -> list[str]:
    return [_resolve(path, match[2]) for match in IMPORT.finditer(text)]


def _style_imports(path: str, text: str) -> list[str]:
    return [_resolve(path, match[1]) for match in STYLE_IMPORT.finditer(text)]


def _without_imports(path: str, text: str, numbers: dict[str, int]) -> str:
    """Return the module with its imports replaced by constants, and without the word ``export``."""
    plain = IMPORT.sub(lambda match: f"const {{{match[1]}}} = module{numbers[_resolve(path, match[2])]};", text)
    plain = EXPORT.sub("", plain)
    if odd := UNSUPPORTED_FORM.search(plain) or NESTED_TEMPLATE.search(plain):
        raise BundleError(f"{path}: {odd[0]}")
    return plain


def _as_function(path: str, text: str, numbers: dict[str, int]) -> str:
    """Return the module as a function that is called at once and returns its exports."""
    exported = ", ".join(match[1] for match in EXPORT.finditer(text))
    body = _without_imports(path, text, numbers)
    return f"const module{numbers[path]} = (() => {{\n{body}\nreturn {{ {exported} }};\n}})();"
