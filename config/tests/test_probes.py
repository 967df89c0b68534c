"""The health, readiness and metrics endpoints, on a real server."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest
from asgiref.testing import ApplicationCommunicator
from prometheus_client.parser import text_string_to_metric_families

from config.asgi import application
from tests.stack import Stack

NAMES = {
    "lanai_sockets", "lanai_rooms", "lanai_seats", "lanai_layer_up", "lanai_joins", "lanai_resumes", "lanai_expired",
    "lanai_signals_relayed", "lanai_signals_undelivered", "lanai_events_dropped", "lanai_sweep_corrections",
    "lanai_join_seconds", "lanai_desk_seconds", "lanai_loop_lag_seconds", "process_resident_memory_bytes",
}  # fmt: skip


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    with Stack("probes", LANAI_METRICS_FROM="127.0.0.0/8", TRUSTED_PROXIES="127.0.0.1") as running:
        yield running


def get(stack: Stack, path: str, **headers: str) -> tuple[int, str]:
    request = urllib.request.Request(stack.origins[0] + path, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read().decode()


def test_health_and_readiness_answers_contain_nothing_else(stack):
    assert get(stack, "/healthz") == (200, '{"alive": true}')
    status, body = get(stack, "/readyz")
    assert (status, json.loads(body)) == (200, {"database": True, "migrations": True, "redis": True})


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_probes_are_answered_for_any_host_name(stack, path):
    assert get(stack, path, Host="10.0.0.7:8000")[0] == 200


def test_metrics_are_in_prometheus_format_and_name_no_room(stack):
    status, body = get(stack, "/metrics")
    assert status == 200
    families = {family.name: family for family in text_string_to_metric_families(body)}
    assert families.keys() >= NAMES
    ours = [family for name, family in families.items() if name.startswith("lanai_")]
    labels = {label for family in ours for sample in family.samples for label in sample.labels}
    assert labels <= {"desk", "le"}


async def test_metrics_are_not_found_unless_a_network_is_allowed():
    asked = ApplicationCommunicator(
        application, {"type": "http", "method": "GET", "path": "/metrics", "headers": [], "client": ("127.0.0.1", 5)}
    )
    assert (await asked.receive_output())["status"] == 404


def test_metrics_are_not_found_through_the_proxy(stack):
    assert get(stack, "/metrics", **{"X-Forwarded-For": "203.0.113.9"})[0] == 404
    assert get(stack, "/metrics", **{"X-Forwarded-For": "127.0.0.1"})[0] == 404
