"""A venue and a party for each case. Where nobody may make network namespaces, every case is skipped by its name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.network.venue import Party, Venue
from tests.network.world import NotAllowed

TIMEOUT_SECONDS = 300


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.timeout(TIMEOUT_SECONDS))


@pytest.fixture(scope="package")
def venue() -> Iterator[Venue]:
    try:
        with Venue() as open_venue:
            yield open_venue
    except NotAllowed as problem:
        pytest.skip(f"this machine gives nobody a network namespace: {problem}")


@pytest.fixture
def party(venue: Venue) -> Iterator[Party]:
    """A meeting of its own. No page's console and no server's log may complain."""
    venue.lanai.complaints()
    with venue.party() as meeting:
        yield meeting
        complaints = [line for person in meeting.people for line in person.complaints]
    complaints += venue.lanai.complaints()
    assert not complaints, "\n".join(complaints)
