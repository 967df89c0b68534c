"""Reads compose files as docker compose does: variables are substituted in the text, which is then parsed as YAML."""

from __future__ import annotations

import re
import runpy
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from tests.machine import ROOT

# ${NAME}, ${NAME:-default} and ${NAME:?complaint}; $$ stands for a dollar.
VARIABLE = re.compile(r"\$(?:(?P<dollar>\$)|\{(?P<name>\w+)(?::(?P<kind>[-?])(?P<rest>[^}]*))?\})")
# The .env that `make secrets` writes, with LANAI_HOST, which the operator adds.
SCRIPT = runpy.run_path(str(ROOT / "scripts" / "make_secrets.py"))
HOST = "meet.example.org"
SECRETS = list(SCRIPT["SECRET_BYTES"])
ENVIRONMENT: dict[str, str] = SCRIPT["read_variables"](
    SCRIPT["fill_template"]((ROOT / ".env.example").read_text(), {"LANAI_HOST": HOST})
)


class Missing(Exception):
    """A variable that the file requires is not set."""


def interpolate(text: str, environment: Mapping[str, str]) -> str:
    def value(match: re.Match[str]) -> str:
        if match["dollar"]:
            return "$"
        if found := environment.get(match["name"]):
            return found
        if match["kind"] == "?":
            raise Missing(f"{match['name']}: {match['rest']}")
        return match["rest"] or ""

    without_comments = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    return VARIABLE.sub(value, without_comments)


def load(path: Path = ROOT / "docker-compose.yml", environment: Mapping[str, str] | None = None) -> Any:
    return yaml.safe_load(interpolate(path.read_text(), ENVIRONMENT if environment is None else environment))


def variables_in(path: Path) -> set[str]:
    return {match["name"] for match in VARIABLE.finditer(path.read_text()) if match["name"]}


def environment_of(service: str, environment: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment variables of a service's container, as text."""
    given = load(environment=environment)["services"][service]["environment"]
    return {name: "" if value is None else str(value).replace("True", "true") for name, value in given.items()}
