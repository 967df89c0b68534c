from __future__ import annotations

import pytest

from accounts.models import User
from accounts.tests.clients import (  # noqa: F401
    as_guest,
    as_outsider,
    as_owner,
    outsider,
    owner,
    plain_static_files,
    reset_throttles,
)
from rooms.models import Room
from rooms.services.rooms import create_room


@pytest.fixture
def room(owner: User) -> Room:  # noqa: F811
    return create_room(owner=owner, name="Weekly")
