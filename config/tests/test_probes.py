"""What machines ask, on a real server: whether it lives, whether it can serve, and what it counts."""

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


def test_alive_and_ready_say_no_more_than_that(stack):
    assert get(stack, "/healthz") == (200, '{"alive": true}')
    status, words = get(stack, "/readyz")
    assert (status, json.loads(words)) == (200, {"database": True, "migrations": True, "redis": True})


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_a_probe_need_not_know_the_name_of_the_site(stack, path):
    assert get(stack, path, Host="10.0.0.7:8000")[0] == 200


def test_metrics_are_in_the_format_of_prometheus_and_name_no_room(stack):
    status, words = get(stack, "/metrics")
    assert status == 200
    families = {family.name: family for family in text_string_to_metric_families(words)}
    assert families.keys() >= NAMES
    ours = [family for name, family in families.items() if name.startswith("lanai_")]
    labels = {label for family in ours for sample in family.samples for label in sample.labels}
    assert labels <= {"desk", "le"}


async def test_metrics_are_for_nobody_unless_a_network_is_named():
    asked = ApplicationCommunicator(
        application, {"type": "http", "method": "GET", "path": "/metrics", "headers": [], "client": ("127.0.0.1", 5)}
    )
    assert (await asked.receive_output())["status"] == 404


def test_metrics_are_not_for_those_whom_a_proxy_lets_in(stack):
    assert get(stack, "/metrics", **{"X-Forwarded-For": "203.0.113.9"})[0] == 404
    assert get(stack, "/metrics", **{"X-Forwarded-For": "127.0.0.1"})[0] == 404
