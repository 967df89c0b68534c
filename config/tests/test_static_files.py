"""Static files as browsers get them: bundled, hashed, compressed, and without type comments."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from django.core.management import call_command

from config.assets.bundling import BundleError, bundle_script, bundle_style
from config.assets.collecting import collect_static_files

FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
STATIC = Path(__file__).resolve().parent.parent.parent / "static"


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory):
    from django.test import override_settings

    root = tmp_path_factory.mktemp("static")
    with override_settings(STATIC_ROOT=root):
        call_command("collectstatic", interactive=False, verbosity=0)
    return root


def test_a_pages_script_and_styles_are_bundled(collected):
    (script,) = collected.glob("js/pages/room.????????????.js")
    assert "import" not in script.read_text().split("const module1")[0]
    assert "@typedef" not in script.read_text()
    (style,) = collected.glob("css/room.????????????.css")
    assert "@import" not in style.read_text()
    for part in (STATIC / "css" / "room").glob("*.css"):
        assert part.read_text() in style.read_text(), part


def test_gzip_and_brotli_versions_are_written(collected):
    for served in [*collected.glob("js/pages/*.????????????.js"), *collected.glob("css/room.????????????.css")]:
        assert served.with_name(served.name + ".gz").exists()
        assert served.with_name(served.name + ".br").exists()


def times(root: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in root.rglob("*")}


def test_unchanged_files_are_not_collected_again(settings, tmp_path):
    sources, settings.STATIC_ROOT = tmp_path / "sources", tmp_path / "static"
    settings.STATICFILES_DIRS, settings.STATICFILES_FINDERS = [sources], FINDERS
    sources.mkdir()
    (sources / "a.css").write_text("a {}")
    collect_static_files()
    before = times(settings.STATIC_ROOT)
    collect_static_files()
    assert times(settings.STATIC_ROOT) == before
    (sources / "a.css").write_text("a { color: red }")
    collect_static_files()
    # The old file stays for pages that are open.
    assert len(list(settings.STATIC_ROOT.glob("a.????????????.css"))) == 2


def test_an_incomplete_collection_is_repeated(settings, tmp_path):
    settings.STATIC_ROOT, settings.STATICFILES_FINDERS = tmp_path / "static", FINDERS
    settings.STATICFILES_DIRS = [tmp_path / "sources"]
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "a.css").write_text("a { background: url(missing.png) }")
    for _ in range(2):
        with pytest.raises(ValueError, match="missing"):
            collect_static_files()


MODULES = {
    "pages/start.js": """
import { twice } from "../twice.js";
import {
  one,
  Two,
} from "../numbers.js";
console.log(twice(one) + new Two().value);
""",
    "twice.js": """
import { one } from "./numbers.js";
const own = 1;
export const twice = (number) => 2 * number * own * one;
""",
    "numbers.js": """
const own = 20;
export const one = 1;
export class Two {
  value = own;
}
""",
}


def test_a_bundled_script_behaves_like_its_modules(tmp_path):
    node = shutil.which("node")
    assert node, "apt-get install nodejs"
    script = tmp_path / "bundle.mjs"
    script.write_text(bundle_script("pages/start.js", MODULES.__getitem__))
    assert subprocess.run([node, script], check=True, capture_output=True, text=True).stdout == "22\n"


@pytest.mark.parametrize(
    "line", ['import "./numbers.js";', 'import * as all from "./numbers.js";', "export default 3;", "export { one };"]
)
def test_unsupported_imports_and_exports_are_refused(line):
    with pytest.raises(BundleError, match="start"):
        bundle_script("start.js", {"start.js": line, "numbers.js": ""}.__getitem__)


def test_a_nested_template_literal_is_refused():
    line = 'console.log(`${1 > 0 ? `(${1}) ` : ""}a  b`);'
    with pytest.raises(BundleError, match="start"):
        bundle_script("start.js", {"start.js": line}.__getitem__)


def test_a_circular_import_is_refused():
    around = {"a.js": 'import { b } from "./b.js";', "b.js": 'import { a } from "./a.js";'}
    with pytest.raises(BundleError, match=r"a\.js"):
        bundle_script("a.js", around.__getitem__)


def test_styles_are_bundled_in_the_order_of_their_imports():
    sheets = {
        "css/all.css": '@import "./one.css";\n@import "./two.css";\nb {}',
        "css/one.css": "i {}",
        "css/two.css": "p {}",
    }
    assert bundle_style("css/all.css", sheets.__getitem__).split() == ["i", "{}", "p", "{}", "b", "{}"]
