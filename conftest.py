"""For every test of the project."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.utils import translation


@pytest.fixture(autouse=True, scope="session")
def cheap_password_hashes() -> Iterator[None]:
    """Hashes passwords with the smallest scrypt cost.

    At its real cost a hash takes 0.4 s of a core, which was more than half of these tests' time.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ScryptPasswordHasher, "work_factor", 2**4)
        yield


@pytest.fixture(autouse=True)
def no_language_stays() -> Iterator[None]:
    """A request leaves its language to the thread, where a test without a request would find it."""
    yield
    translation.deactivate()
