"""The lab, and a meeting for each test. Without permission to make network namespaces every test is skipped by name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.network.lab import Lab, Meeting
from tests.network.virtual_internet import NotAllowed

TIMEOUT_SECONDS = 300


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.timeout(TIMEOUT_SECONDS))


@pytest.fixture(scope="package")
def lab() -> Iterator[Lab]:
    try:
        with Lab() as open_lab:
            yield open_lab
    except NotAllowed as problem:
        pytest.skip(f"this machine gives nobody a network namespace: {problem}")


@pytest.fixture
def meeting(lab: Lab) -> Iterator[Meeting]:
    """A meeting of its own. No page's console and no server's log may complain."""
    lab.lanai.complaints()
    with lab.meeting() as meeting:
        yield meeting
        complaints = [line for person in meeting.people for line in person.complaints]
    complaints += lab.lanai.complaints()
    assert not complaints, "\n".join(complaints)
