"""For every test of the project."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def no_language_stays() -> Iterator[None]:
    """A request leaves its language to the thread, where a test without a request would find it."""
    yield
    translation.deactivate()
