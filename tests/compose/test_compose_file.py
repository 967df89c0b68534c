"""docker-compose.yml is valid, exposes no more than it should, and documents every variable."""

from __future__ import annotations

import ipaddress
import json
import re
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

from tests.compose.compose_file import ENVIRONMENT, SECRETS, Missing, load, variables_in
from tests.machine import ROOT

MAIN, TURNS = ROOT / "docker-compose.yml", ROOT / "deploy" / "turns.yml"
SCHEMA = ROOT / "tests" / "compose" / "vendor" / "compose-spec" / "compose-spec.json"


@pytest.fixture
def services() -> dict[str, Any]:
    return dict(load()["services"])


@pytest.mark.parametrize("path", [MAIN, TURNS], ids=["docker-compose.yml", "turns.yml"])
def test_the_files_follow_the_compose_specification(path: Any) -> None:
    schema = json.loads(SCHEMA.read_text())
    jsonschema.Draft7Validator(schema).validate(load(path))


def test_every_network_service_and_volume_in_use_is_defined() -> None:
    whole = load()
    for service in whole["services"].values():
        assert set(service.get("networks", [])) <= set(whole["networks"])
        assert set(service.get("depends_on", {})) <= set(whole["services"])
        for volume in service.get("volumes", []):
            source = volume.partition(":")[0]
            assert source in whole["volumes"] or (ROOT / source).exists()


@pytest.mark.parametrize("name", [*SECRETS, "LANAI_HOST"])
def test_compose_does_not_start_without_its_secrets(name: str) -> None:
    without = {key: value for key, value in ENVIRONMENT.items() if key != name}
    with pytest.raises(Missing, match=name):
        load(environment=without)


def test_no_secret_is_hard_coded(services: dict[str, Any]) -> None:
    text = MAIN.read_text() + TURNS.read_text() + (ROOT / ".env.example").read_text()
    assert not re.search(r"(?i)(password|secret)\w*[:=] *['\"]?[\w-]{6,}", text.replace("${", "$ {"))


def test_database_and_redis_are_only_on_the_internal_network(services: dict[str, Any]) -> None:
    assert load()["networks"]["inside"]["internal"] is True
    for name in ("db", "redis"):
        assert services[name]["networks"] == ["inside"]
        assert not {"ports", "network_mode"} & set(services[name])


def test_only_caddy_and_the_relay_are_reachable_from_outside(services: dict[str, Any]) -> None:
    facing = {name for name, service in services.items() if {"ports", "network_mode"} & set(service)}
    assert facing == {"caddy", "coturn"}


def test_only_the_proxys_network_is_trusted(services: dict[str, Any]) -> None:
    subnet = load()["networks"]["edge"]["ipam"]["config"][0]["subnet"]
    assert services["web"]["environment"]["TRUSTED_PROXIES"] == subnet
    assert ipaddress.ip_network(subnet).prefixlen >= 24
    on_edge = {name for name, service in services.items() if "edge" in service.get("networks", [])}
    assert on_edge == {"web", "migrate", "caddy"}


def test_web_starts_after_the_migrations_and_has_time_to_stop(services: dict[str, Any]) -> None:
    assert services["web"]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
    assert services["web"]["stop_grace_period"] == "15s"
    assert services["web"]["deploy"]["replicas"] == 2
    assert services["web"]["environment"]["LANAI_WORKERS"] == 2


def test_containers_have_no_more_privileges_than_they_need(services: dict[str, Any]) -> None:
    for service in services.values():
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert service["logging"]["options"] == {"max-size": "10m", "max-file": "5"}
    for name in ("web", "migrate", "caddy", "redis", "coturn"):
        assert services[name]["read_only"] is True
        assert services[name]["cap_drop"] == ["ALL"]


def test_images_are_pinned(services: dict[str, Any]) -> None:
    for name, service in services.items():
        tag = service["image"].partition(":")[2]
        assert "build" in service or re.match(r"\d", tag), name
    coturn = services["coturn"]["image"].partition(":")[2]
    # Relaying to IPv4-mapped addresses was closed in 4.9.0 (CVE-2026-27624).
    assert tuple(map(int, re.findall(r"\d+", coturn)[:2])) >= (4, 17)


def test_every_variable_is_documented() -> None:
    guide = (ROOT / "docs" / "self-hosting.md").read_text()
    of_the_app = re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (ROOT / "config" / "settings.py").read_text())
    assert len(of_the_app) > 20
    for name in {*of_the_app, *variables_in(MAIN), *variables_in(TURNS)}:
        assert f"`{name}`" in guide, name


# Set by the image, or meant for a start without Docker.
NOT_OF_COMPOSE = {"DEBUG", "HOST", "PORT", "LANAI_DATA_DIR"}


def test_every_setting_of_the_app_can_be_set_in_compose(services: dict[str, Any]) -> None:
    of_the_app = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (ROOT / "config" / "settings.py").read_text()))
    given = set(services["web"]["environment"])
    assert of_the_app - given - NOT_OF_COMPOSE == {"TURN_TTL"}


def test_the_example_names_every_limit() -> None:
    settings = (ROOT / "config" / "settings.py").read_text()
    limits = set(re.findall(r'"(LANAI_\w+_PER_\w+|LANAI_UNKNOWN_CODES)"', settings))
    assert len(limits) >= 9
    assert limits <= set(re.findall(r"^(\w+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))


def test_the_relay_gets_every_variable_its_script_reads(services: dict[str, Any]) -> None:
    read = set(re.findall(r"TURN_[A-Z0-9_]+", (ROOT / "deploy" / "coturn.sh").read_text()))
    given = set(services["coturn"]["environment"]) | set(load(TURNS)["services"]["coturn"]["environment"])
    assert read - given == {"TURN_PORT", "TURN_TLS_PORT", "TURN_RUN_DIR"}
