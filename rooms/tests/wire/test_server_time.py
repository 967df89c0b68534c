"""The server tells its time with every snapshot, so that a page knows how wrong its own clock is."""

from __future__ import annotations

from rooms.tests.conftest import FakeClock


async def test_a_welcome_says_what_time_it_is(connect, time: FakeClock) -> None:
    ada = await connect()
    await ada.join("Ada")
    assert ada.welcome.get("now") == time()
    await ada.close(1006)
    time.advance(7)
    again = await connect(cookie=ada.cookie)
    await again.join("Ada", key=ada.key, attempt=2)
    assert again.welcome.get("now") == time()
