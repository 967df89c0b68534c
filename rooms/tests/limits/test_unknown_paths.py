from __future__ import annotations

import pytest

from rooms.tests.conftest import Caller


@pytest.mark.parametrize("path", ["/ws/", "/ws/r/", "/ws/r/a/b/", "/anything", "/"])
async def test_a_path_without_a_socket_is_refused_without_a_traceback(hub, path):
    caller = Caller(path, "")
    assert not await caller.connect()
