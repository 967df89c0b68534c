"""What becomes of chat when a meeting ends: forgotten, unless the room keeps it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from config.ground.clock import clock
from rooms.models import ChatMessage, Room
from rooms.protocol import RESUME_SECONDS
from rooms.rules.access import Denied
from rooms.runtime.executors import seat_executor
from rooms.services import rooms as services
from rooms.services.retention import delete_old
from rooms.services.rooms import RoomChange
from rooms.services.rosters import read_chat_since


@pytest.fixture
def lines():
    """``await lines()`` reads what is in the table, oldest first."""

    async def read() -> list[str]:
        return await seat_executor.run(lambda: list(ChatMessage.objects.values_list("text", flat=True)))

    return read


@pytest.fixture
def keep(room, owner):
    """``await keep(True)`` is the owner's decision."""

    async def decide(keeping: bool) -> None:
        await seat_executor.run(
            lambda: services.change_room(
                room=Room.objects.get(pk=room.pk), by=owner, change=RoomChange(keeps_chat=keeping)
            )
        )

    return decide


@pytest.fixture
def sweep(hub, time):
    """``await sweep()``: the sweep comes by, long after the start of the process."""
    hub.reconciler.patient_until = 0.0

    async def come(seconds: int = 6) -> None:
        for _ in range(seconds):  # one by one: a clock that jumps makes the sweep wait
            time.move(1)
            await hub.reconciler.once()

    return come


async def leave(*callers) -> None:
    for caller in callers:
        await caller.say("leave")
        await caller.bye()


async def said(caller, text, **fields) -> None:
    await caller.say("chat", text=text, ref=text, **fields)
    await caller.hear("ack")


async def meeting_ends(door, text, time) -> None:
    """Somebody says this and leaves, half a second before what comes."""
    ada = await door()
    await ada.join("Ada")
    await said(ada, text)
    await leave(ada)
    time.move(0.5)


async def pair_of(door):
    ada, grace = await door(), await door()
    await ada.join("Ada")
    await grace.join("Grace")
    return ada, grace


async def test_it_is_deleted_when_the_last_one_has_left(door, lines, sweep):
    ada, grace = await pair_of(door)
    await said(ada, "to all")
    await said(ada, "to one", to=grace.seat)
    await leave(ada)
    await sweep()
    assert await lines() == ["to all", "to one"]
    await leave(grace)
    await sweep()
    assert await lines() == []


async def test_who_lost_the_connection_finds_it_again_and_it_goes_with_their_last_chance(door, lines, sweep, time):
    ada = await door()
    key = "ab" * 16
    await ada.join("Ada", key=key)
    await said(ada, "to all")
    await ada.close(1006)
    await sweep(40)
    assert await lines() == ["to all"]
    again = await door(cookie=ada.cookie)
    welcome = await again.join("Ada", key=key, attempt=2)
    assert [line["text"] for line in welcome["chat"]] == ["to all"]
    await again.close(1006)
    await sweep(20)
    assert await lines() == ["to all"]
    time.move(RESUME_SECONDS)
    await sweep(30)
    assert await lines() == []


async def test_it_is_deleted_by_whoever_is_left_when_a_process_died(door, lines, sweep, room, time):
    """Nobody says that the meeting ended: the process that knew of it is gone."""
    ada = await door()
    await ada.join("Ada")
    await said(ada, "to all")
    await leave(ada)
    assert await lines() == ["to all"]
    await sweep()
    assert await lines() == []


async def test_a_new_meeting_in_the_same_second_neither_sees_nor_keeps_it(door, lines, sweep, time):
    await meeting_ends(door, "old", time)
    late = await door()
    assert (await late.join("Late"))["chat"] == []
    await said(late, "new")
    await sweep()
    assert await lines() == ["new"]


async def test_a_room_that_keeps_it_shows_it_to_the_next_meeting_but_not_what_was_private(door, lines, sweep, keep):
    await keep(True)
    ada, grace = await pair_of(door)
    await said(ada, "to all")
    await said(ada, "to one", to=grace.seat)
    await leave(ada, grace)
    await sweep()
    assert await lines() == ["to all", "to one"]
    late = await door()
    assert [line["text"] for line in (await late.join("Late"))["chat"]] == ["to all"]


async def test_what_is_kept_is_shown_and_stored_until_its_time_is_over(door, lines, sweep, keep, settings):
    settings.LANAI_RETENTION_DAYS = 30
    await keep(True)
    ada = await door()
    welcome = await ada.join("Ada")
    assert welcome["room"]["chat_days"] == 30
    await said(ada, "to all")
    await leave(ada)
    old = clock.now() - timedelta(days=31)
    await seat_executor.run(lambda: ChatMessage.objects.update(sent_at=old))
    late = await door()
    assert (await late.join("Late"))["chat"] == []
    await seat_executor.run(delete_old)
    assert await lines() == []


async def test_what_was_written_under_a_promise_to_forget_is_forgotten(door, lines, sweep, keep):
    ada, grace = await pair_of(door)
    assert ada.welcome["room"]["chat_days"] == 0
    await said(ada, "promised")
    await keep(True)
    assert (await grace.hear("room.updated"))["room"]["chat_days"] > 0
    await said(ada, "kept")
    await leave(ada, grace)
    await sweep()
    assert await lines() == ["kept"]


async def test_a_room_that_no_longer_keeps_it_forgets_what_it_kept(door, lines, sweep, keep):
    await keep(True)
    ada = await door()
    await ada.join("Ada")
    await said(ada, "kept")
    await keep(False)
    await leave(ada)
    await sweep()
    assert await lines() == []


async def test_the_end_of_one_meeting_leaves_another_alone(door, lines, sweep, owner):
    other = await seat_executor.run(lambda: services.create_room(owner=owner))
    ada, grace = await door(), await door(slug=other.slug)
    await ada.join("Ada")
    await grace.join("Grace")
    await said(ada, "here")
    await said(grace, "there")
    await leave(ada)
    await sweep()
    assert await lines() == ["there"]


async def test_closing_the_room_ends_the_meeting(door, lines, sweep, room, owner):
    ada = await door()
    await ada.join("Ada")
    await said(ada, "to all")
    await seat_executor.run(lambda: services.close_room(room=room, by=owner))
    await ada.bye()
    await sweep()
    assert await lines() == []


async def test_only_the_owner_decides(room, outsider, lines):
    with pytest.raises(Denied):
        await seat_executor.run(
            lambda: services.change_room(room=room, by=outsider, change=RoomChange(keeps_chat=True))
        )


async def test_the_sweep_of_another_process_gives_no_line_to_the_next_meeting(door, room, time, keep):
    await meeting_ends(door, "old", time)
    late = await door()
    await late.join("Late")
    await said(late, "new")
    found = await seat_executor.run(read_chat_since, 0, [room.pk])
    assert [line.text for line in found.lines] == ["new"]
