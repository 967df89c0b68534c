"""Wrong environment variables stop the start with an explanation; system checks report unsafe settings."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
GOOD_SECRET = "k3Jd8sPq0xYz7VbN1mCwE5rTgH2uLoA9iKf4QeR6yUtWjSdXcZ"


def start(tmp_path: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "manage.py", *(arguments or ("check",))]
    clean = {"PATH": os.environ["PATH"], "LANAI_DATA_DIR": str(tmp_path), **environment}
    return subprocess.run(command, cwd=ROOT, env=clean, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("DEBUG", "maybe", "say true or false"),
        ("PORT", "eight", "a whole number"),
        ("PORT", "70000", "a number from 1 to 65535"),
        ("SITE_ORIGINS", "meet.example.org", "is not like https://"),
        ("SITE_ORIGINS", "https://meet.example.org/", "is not like https://"),
        ("SITE_ORIGINS", "ftp://meet.example.org", "is not like https://"),
        ("DATABASE_URL", "mysteryql://x", "it is not like postgres://"),
        ("REDIS_URL", "http://redis", "must begin with redis://"),
        ("TRUSTED_PROXIES", "caddy", "addresses or networks"),
        ("LANAI_METRICS_FROM", "prometheus", "addresses or networks"),
        ("STUN_URLS", "turn:example.org", "must begin with stun:"),
        ("TURN_URLS", "turn://example.org", "must begin with turn:"),
        ("TURN_URLS", "turn:example.org", "go together"),
        ("SECRET_KEY_FILE", "/does/not/exist", "must be a readable file"),
        ("LANAI_WORKERS", "0", "a number from 1"),
        ("LANAI_UNKNOWN_CODES", "often", "a rate such as 30/minute"),
        ("LANAI_SERVER", "gunicorn", "one of daphne, uvicorn"),
        ("LANAI_LOG_LEVEL", "LOUD", "one of DEBUG"),
    ],
)
def test_a_wrong_value_is_refused_with_an_explanation(tmp_path, name, value, sentence):
    result = start(tmp_path, **{name: value})
    assert result.returncode != 0
    assert sentence in result.stderr
    assert name.removesuffix("_FILE") in result.stderr.splitlines()[-1] or "together" in sentence


@pytest.mark.parametrize(
    ("environment", "finding"),
    [
        ({"SECRET_KEY": "short"}, "lanai.E001"),
        ({"SECRET_KEY": "a" * 60}, "lanai.E001"),
        ({"SECRET_KEY": "changeme" + GOOD_SECRET}, "lanai.E001"),
        ({"TURN_URLS": "turn:t.example.org", "TURN_SECRET": "secret"}, "lanai.E002"),
        ({"LANAI_WORKERS": "2"}, "lanai.E003"),
        ({"LANAI_WORKERS": "2", "REDIS_URL": "redis://localhost"}, "lanai.E004"),
    ],
)
def test_unsafe_settings_are_reported_by_the_checks(tmp_path, environment, finding):
    result = start(tmp_path, **{"SECRET_KEY": GOOD_SECRET, **environment})
    assert result.returncode != 0
    assert finding in result.stderr


def test_serve_refuses_to_start_with_unsafe_settings(tmp_path):
    result = start(tmp_path, "serve", SECRET_KEY="short")
    assert result.returncode != 0
    assert "lanai.E001" in result.stderr


def test_a_start_without_settings_creates_a_secret_key_and_keeps_it(tmp_path):
    assert start(tmp_path).returncode == 0
    kept = (tmp_path / "secret_key").read_text()
    assert len(kept) > 80
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert start(tmp_path).returncode == 0
    assert (tmp_path / "secret_key").read_text() == kept


def test_the_secret_key_can_be_read_from_a_file(tmp_path):
    (tmp_path / "key").write_text(GOOD_SECRET + "\n")
    script = "from django.conf import settings; print(settings.SECRET_KEY)"
    result = start(tmp_path, "shell", "-v0", "-c", script, SECRET_KEY_FILE=str(tmp_path / "key"))
    assert result.stdout.strip() == GOOD_SECRET
