"""Messages for many sockets are worked out once: previews for green rooms, and lists of rooms."""

from __future__ import annotations

import msgspec
import pytest

from rooms.protocol import codec
from rooms.realtime import room_list
from rooms.runtime.executors import background_executor
from rooms.services.room_lists import rooms_of

LOOKERS = 30
LIST_PAGES = 4
SUBSCRIBERS = 40


@pytest.fixture
def encoded(monkeypatch) -> list[str]:
    """The names of the messages encoded since."""
    names: list[str] = []
    encode = codec._encoder.encode

    class Counting:
        def encode(self, message: msgspec.Struct) -> bytes:
            names.append(type(message).__name__)
            return encode(message)

    monkeypatch.setattr(codec, "_encoder", Counting())
    return names


async def look_in(connect):
    looker = await connect()
    await looker.send("peek")
    await looker.receive("room")
    return looker


async def test_switches_of_the_people_inside_are_not_sent_to_previewers(connect, encoded):
    ada = await connect()
    await ada.join("Ada")
    lookers = [await look_in(connect) for _ in range(LOOKERS)]
    del encoded[:]
    for n in range(6):
        await ada.send("state", mic=n % 2 == 0, ref=f"s{n}")
        await ada.receive("ack")
    assert [await looker.receives_no("room") for looker in lookers] == [True] * LOOKERS
    assert encoded.count("RoomPeek") == 0


async def test_a_join_is_sent_to_all_previewers_and_encoded_once(connect, encoded):
    ada = await connect()
    await ada.join("Ada")
    lookers = [await look_in(connect) for _ in range(LOOKERS)]
    del encoded[:]
    grace = await connect()
    await grace.join("Grace")
    for looker in lookers:
        assert set((await looker.receive("room"))["nicknames"]) == {"Ada", "Grace"}
    assert encoded.count("RoomPeek") <= 2


@pytest.fixture
def reads(monkeypatch) -> list[int]:
    """The owners whose rooms were read since."""
    owners: list[int] = []

    def counted(owner_id: int, *which):
        owners.append(owner_id)
        return rooms_of(owner_id, *which)

    monkeypatch.setattr(room_list, "rooms_of", counted)
    return owners


async def test_many_pages_of_one_owner_share_their_reads(connect, owner, outsider, room, reads, encoded):
    pages = [await connect(owner, path="/ws/live/") for _ in range(SUBSCRIBERS)]
    for page in pages:
        await page.send("subscribe")
    for page in pages:
        assert [shown["slug"] for shown in (await page.receive("live"))["rooms"]] == [room.slug]
    other = await connect(outsider, path="/ws/live/")
    await other.send("subscribe")
    await other.receive("live")
    assert reads.count(owner.pk) < SUBSCRIBERS / 4
    del encoded[:]
    grace = await connect()
    await grace.join("Grace")
    for page in pages:
        assert (await page.receive("live.room"))["room"]["people"] == ["Grace"]
    assert encoded.count("LiveRoomChanged") == 1


async def test_switches_of_the_people_inside_read_no_list(connect, owner, reads):
    page, grace = await connect(owner, path="/ws/live/"), await connect()
    await grace.join("Grace")
    await page.send("subscribe")
    await page.receive("live")
    await background_executor.run(list)
    del reads[:]
    for n in range(6):
        await grace.send("state", mic=n % 2 == 0, ref=f"s{n}")
        await grace.receive("ack")
    await background_executor.run(list)
    assert reads == []


async def test_a_list_is_read_a_few_times_however_often_a_page_asks(connect, owner, reads):
    page = await connect(owner, path="/ws/live/")
    await page.send("subscribe")
    await page.receive("live")
    for _ in range(10):
        await page.send("subscribe")
    await page.receive("live")  # the ten are answered together, half a second later
    assert len(reads) == 2


async def test_subscribing_again_replaces_the_page_of_the_list(connect, owner, room):
    page = await connect(owner, path="/ws/live/")
    await page.send("subscribe", list_page=2)
    assert (await page.receive("live"))["rooms"] == []
    await page.send("subscribe", list_page=1)
    assert [shown["slug"] for shown in (await page.receive("live"))["rooms"]] == [room.slug]


async def test_the_number_of_live_pages_of_one_list_is_limited(connect, owner):
    for number in range(1, LIST_PAGES + 1):
        page = await connect(owner, path="/ws/live/")
        await page.send("subscribe", list_page=number)
        await page.receive("live")
    late = await connect(owner, path="/ws/live/")
    await late.send("subscribe", list_page=LIST_PAGES + 1)
    assert (await late.receive("live", "error"))["code"] == "too_many"
