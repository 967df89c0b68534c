"""The translation catalogues match the sources, are complete, and are compiled."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import polib
import pytest
from django.conf import settings

from config.assets import js_catalog
from config.management.commands.catalogues import IGNORED, extract

LANGUAGES = [code for code, _ in settings.LANGUAGES if js_catalog.static_path(code)]
DOMAINS = ["django", "djangojs"]
CATALOGUES = [(language, domain) for language in LANGUAGES for domain in DOMAINS]
HINT = "run `make messages`, and translate what is new"
# %(name)s and {name}, and the tags and code of sentences with markup.
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}|</?\w+>")

Key = tuple[str | None, str, str]


def folder(language: str, root: Path) -> Path:
    return root / language / "LC_MESSAGES"


def catalogue(language: str, domain: str, root: Path = settings.LOCALE_PATHS[0]) -> polib.POFile:
    return polib.pofile(str(folder(language, root) / f"{domain}.po"))


def key(entry: polib.POEntry) -> Key:
    return entry.msgctxt or None, entry.msgid, entry.msgid_plural or ""


def texts(entry: polib.POEntry) -> list[str]:
    return [entry.msgstr] if not entry.msgid_plural else list(entry.msgstr_plural.values())


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like locale/ with every message marked in the sources, freshly extracted."""
    copy = tmp_path_factory.mktemp("sources") / "lanai"
    shutil.copytree(settings.BASE_DIR, copy, ignore=shutil.ignore_patterns(*IGNORED))
    (copy / "locale").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(copy)
        patch.setattr(settings, "LOCALE_PATHS", [copy / "locale"])
        extract(LANGUAGES[0])
    return copy / "locale"


@pytest.mark.parametrize(("language", "domain"), CATALOGUES)
def test_a_catalogue_has_exactly_the_messages_of_the_sources(extracted: Path, language: str, domain: str) -> None:
    messages = {key(entry) for entry in catalogue(LANGUAGES[0], domain, extracted)}
    assert len(messages) > 50
    assert {key(entry) for entry in catalogue(language, domain)} == messages, HINT


@pytest.mark.parametrize(("language", "domain"), CATALOGUES)
def test_a_catalogue_is_complete_without_fuzzy_or_obsolete_entries(language: str, domain: str) -> None:
    for entry in catalogue(language, domain):
        assert all(texts(entry)), f"not translated: {entry.msgid}"
        assert not entry.fuzzy, f"a guess: {entry.msgid}"
        assert not entry.obsolete, f"no longer said: {entry.msgid}"


@pytest.mark.parametrize(("language", "domain"), CATALOGUES)
def test_a_translation_has_the_placeholders_and_markup_of_its_message(language: str, domain: str) -> None:
    for entry in catalogue(language, domain):
        wanted = sorted(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        for text in texts(entry):
            assert sorted(PLACEHOLDER.findall(text)) == wanted, entry.msgid
            assert '"' not in text, f"would end an attribute: {text}"


@pytest.mark.parametrize(("language", "domain"), CATALOGUES)
def test_the_compiled_catalogues_match_their_sources(language: str, domain: str) -> None:
    compiled = folder(language, settings.LOCALE_PATHS[0]) / f"{domain}.mo"
    written_out = subprocess.run(["msgunfmt", str(compiled)], capture_output=True, text=True, check=True).stdout
    in_use = {key(entry): texts(entry) for entry in polib.pofile(written_out)}
    assert in_use == {key(entry): texts(entry) for entry in catalogue(language, domain)}, HINT


def test_the_generated_scripts_match_the_catalogues() -> None:
    for path, text in js_catalog.render_all().items():
        assert path.read_text() == text, HINT
