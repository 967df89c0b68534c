from __future__ import annotations

import pytest

from accounts.models import User
from accounts.tests.cast import (  # noqa: F401
    as_guest,
    as_outsider,
    as_owner,
    fresh_throttles,
    outsider,
    owner,
    quick_pages,
)
from rooms.models import Room
from rooms.services import rooms as services


@pytest.fixture
def room(owner: User) -> Room:  # noqa: F811
    return services.create_room(owner=owner, name="Weekly")
