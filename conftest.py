"""Fixtures for every test of the project."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.utils import translation

from tests.wall_clock import wall  # noqa: F401


@pytest.fixture(autouse=True, scope="session")
def cheap_password_hashes() -> Iterator[None]:
    """Hashes passwords with the smallest scrypt cost.

    At its real cost a hash takes 0.4 s of a core, which was more than half of these tests' time.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ScryptPasswordHasher, "work_factor", 2**4)
        yield


@pytest.fixture(autouse=True)
def reset_language() -> Iterator[None]:
    """Deactivates the language that a request has left active in the thread."""
    yield
    translation.deactivate()
