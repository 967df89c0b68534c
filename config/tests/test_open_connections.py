"""Which connection goes when one address has more than its share, and what a share is."""

from __future__ import annotations

import ipaddress
import logging

import pytest

from config.ground import descriptors
from config.serving.idle_connections import IdleConnections
from config.serving.open_connections import OpenConnections


@pytest.fixture
def idle() -> IdleConnections:
    return IdleConnections(per_address=100, total=100)


@pytest.fixture
def few(idle: IdleConnections) -> OpenConnections:
    return OpenConnections(2, idle)


def test_the_newest_is_ended_where_none_of_the_address_waits(few):
    ended: list[str] = []
    for name, address in (("a", "192.0.2.1"), ("b", "192.0.2.1"), ("c", "192.0.2.2"), ("d", "192.0.2.1")):
        few.add(name, address, lambda name=name: ended.append(name))
    assert ended == ["d"]


def test_one_that_waits_for_a_request_makes_way(few, idle):
    ended: list[str] = []
    idle.add("a", "192.0.2.1", lambda: ended.append("a"))
    for name in ("a", "b", "c"):
        few.add(name, "192.0.2.1", lambda name=name: ended.append(name))
    assert ended == ["a"]


def test_those_that_are_over_count_no_more(few):
    ended: list[str] = []
    for name in ("a", "b", "c"):
        few.add(name, "192.0.2.1", lambda name=name: ended.append(name))
        few.discard(name)
        few.discard(name)
    assert ended == []


def test_a_proxy_is_not_limited(few, settings):
    settings.TRUSTED_PROXIES = [ipaddress.ip_network("10.0.0.0/8")]
    ended: list[str] = []
    for name in ("a", "b", "c"):
        few.add(name, "10.0.0.1", lambda name=name: ended.append(name))
    assert ended == []


@pytest.mark.parametrize(("files", "wanted", "bound"), [(1024, 500, 256), (65_536, 500, 500), (1024, 256, 256)])
def test_a_setting_counts_as_a_share_of_the_files_at_most_and_the_log_says_so(
    monkeypatch, caplog, files, wanted, bound
):
    monkeypatch.setattr(descriptors, "limit", lambda: files)
    with caplog.at_level(logging.INFO, logger="lanai.server"):
        assert descriptors.bounded("LANAI_X", wanted, 4) == bound
    told = f"LANAI_X={wanted} counts as {bound}: this process may open {files} files (ulimit -Hn)"
    assert caplog.messages == ([told] if bound < wanted else [])
