"""Socket paths that do not exist are refused."""

from __future__ import annotations

import pytest

from rooms.tests.conftest import SocketClient


@pytest.mark.parametrize("path", ["/ws/", "/ws/r/", "/ws/r/a/b/", "/anything", "/"])
async def test_an_unknown_socket_path_is_refused_without_an_exception(hub, path):
    client = SocketClient(path, "")
    assert not await client.connect()
