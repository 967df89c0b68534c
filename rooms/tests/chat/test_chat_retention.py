"""Chat is deleted when a meeting ends, unless the room keeps it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from config.ground.clock import clock
from rooms.models import ChatMessage, Room
from rooms.protocol import RESUME_SECONDS
from rooms.rules.access import Denied
from rooms.runtime.executors import seat_executor
from rooms.services.retention import delete_old
from rooms.services.rooms import RoomChange, change_room, close_room, create_room
from rooms.services.rosters import read_chat_since


@pytest.fixture
def stored_texts():
    """``await stored_texts()`` reads the texts in the database, oldest first."""

    async def read() -> list[str]:
        return await seat_executor.run(lambda: list(ChatMessage.objects.values_list("text", flat=True)))

    return read


@pytest.fixture
def set_keeps_chat(room, owner):
    """``await set_keeps_chat(True)`` changes the room's setting as its owner."""

    async def change(keeps_chat: bool) -> None:
        await seat_executor.run(
            lambda: change_room(room=Room.objects.get(pk=room.pk), by=owner, change=RoomChange(keeps_chat=keeps_chat))
        )

    return change


@pytest.fixture
def reconcile(hub, time):
    """``await reconcile(seconds)`` reconciles once a second, as if the process had been running for a long time."""
    hub.reconciler.patient_until = 0.0

    async def run(seconds: int = 6) -> None:
        for _ in range(seconds):  # one by one: the reconciler waits when the clock jumps
            time.advance(1)
            await hub.reconciler.once()

    return run


async def leave(*clients) -> None:
    for client in clients:
        await client.send("leave")
        await client.receive_bye()


async def send_chat(client, text, **fields) -> None:
    await client.send("chat", text=text, ref=text, **fields)
    await client.receive("ack")


async def hold_meeting(connect, text, time) -> None:
    """A meeting with one message, which ended half a second ago."""
    ada = await connect()
    await ada.join("Ada")
    await send_chat(ada, text)
    await leave(ada)
    time.advance(0.5)


async def join_pair(connect):
    ada, grace = await connect(), await connect()
    await ada.join("Ada")
    await grace.join("Grace")
    return ada, grace


async def test_chat_is_deleted_when_the_last_person_has_left(connect, stored_texts, reconcile):
    ada, grace = await join_pair(connect)
    await send_chat(ada, "to all")
    await send_chat(ada, "to one", to=grace.seat)
    await leave(ada)
    await reconcile()
    assert await stored_texts() == ["to all", "to one"]
    await leave(grace)
    await reconcile()
    assert await stored_texts() == []


async def test_chat_survives_a_lost_connection_until_the_seat_can_no_longer_be_resumed(
    connect, stored_texts, reconcile, time
):
    ada = await connect()
    key = "ab" * 16
    await ada.join("Ada", key=key)
    await send_chat(ada, "to all")
    await ada.close(1006)
    await reconcile(40)
    assert await stored_texts() == ["to all"]
    again = await connect(cookie=ada.cookie)
    welcome = await again.join("Ada", key=key, attempt=2)
    assert [line["text"] for line in welcome["chat"]] == ["to all"]
    await again.close(1006)
    await reconcile(20)
    assert await stored_texts() == ["to all"]
    time.advance(RESUME_SECONDS)
    await reconcile(30)
    assert await stored_texts() == []


async def test_chat_is_deleted_even_if_the_process_of_the_meeting_died(connect, stored_texts, reconcile, room, time):
    """No event tells that the meeting ended, because the process that knew of it is gone."""
    ada = await connect()
    await ada.join("Ada")
    await send_chat(ada, "to all")
    await leave(ada)
    assert await stored_texts() == ["to all"]
    await reconcile()
    assert await stored_texts() == []


async def test_a_new_meeting_in_the_same_second_neither_sees_nor_keeps_old_chat(connect, stored_texts, reconcile, time):
    await hold_meeting(connect, "old", time)
    late = await connect()
    assert (await late.join("Late"))["chat"] == []
    await send_chat(late, "new")
    await reconcile()
    assert await stored_texts() == ["new"]


async def test_kept_chat_is_shown_to_the_next_meeting_without_private_messages(
    connect, stored_texts, reconcile, set_keeps_chat
):
    await set_keeps_chat(True)
    ada, grace = await join_pair(connect)
    await send_chat(ada, "to all")
    await send_chat(ada, "to one", to=grace.seat)
    await leave(ada, grace)
    await reconcile()
    assert await stored_texts() == ["to all", "to one"]
    late = await connect()
    assert [line["text"] for line in (await late.join("Late"))["chat"]] == ["to all"]


async def test_kept_chat_is_shown_and_stored_until_its_retention_time_is_over(
    connect, stored_texts, reconcile, set_keeps_chat, settings
):
    settings.LANAI_RETENTION_DAYS = 30
    await set_keeps_chat(True)
    ada = await connect()
    welcome = await ada.join("Ada")
    assert welcome["room"]["chat_days"] == 30
    await send_chat(ada, "to all")
    await leave(ada)
    old = clock.now() - timedelta(days=31)
    await seat_executor.run(lambda: ChatMessage.objects.update(sent_at=old))
    late = await connect()
    assert (await late.join("Late"))["chat"] == []
    await seat_executor.run(delete_old)
    assert await stored_texts() == []


async def test_chat_sent_before_keeping_was_switched_on_is_still_deleted(
    connect, stored_texts, reconcile, set_keeps_chat
):
    ada, grace = await join_pair(connect)
    assert ada.welcome["room"]["chat_days"] == 0
    await send_chat(ada, "promised")
    await set_keeps_chat(True)
    assert (await grace.receive("room.updated"))["room"]["chat_days"] > 0
    await send_chat(ada, "kept")
    await leave(ada, grace)
    await reconcile()
    assert await stored_texts() == ["kept"]


async def test_chat_is_deleted_once_the_room_no_longer_keeps_it(connect, stored_texts, reconcile, set_keeps_chat):
    await set_keeps_chat(True)
    ada = await connect()
    await ada.join("Ada")
    await send_chat(ada, "kept")
    await set_keeps_chat(False)
    await leave(ada)
    await reconcile()
    assert await stored_texts() == []


async def test_the_end_of_one_meeting_does_not_delete_the_chat_of_another(connect, stored_texts, reconcile, owner):
    other = await seat_executor.run(lambda: create_room(owner=owner))
    ada, grace = await connect(), await connect(slug=other.slug)
    await ada.join("Ada")
    await grace.join("Grace")
    await send_chat(ada, "here")
    await send_chat(grace, "there")
    await leave(ada)
    await reconcile()
    assert await stored_texts() == ["there"]


async def test_closing_the_room_deletes_its_chat(connect, stored_texts, reconcile, room, owner):
    ada = await connect()
    await ada.join("Ada")
    await send_chat(ada, "to all")
    await seat_executor.run(lambda: close_room(room=room, by=owner))
    await ada.receive_bye()
    await reconcile()
    assert await stored_texts() == []


async def test_only_the_owner_can_decide_to_keep_chat(room, outsider, stored_texts):
    with pytest.raises(Denied):
        await seat_executor.run(lambda: change_room(room=room, by=outsider, change=RoomChange(keeps_chat=True)))


async def test_reading_new_chat_for_another_process_skips_the_previous_meeting(connect, room, time, set_keeps_chat):
    await hold_meeting(connect, "old", time)
    late = await connect()
    await late.join("Late")
    await send_chat(late, "new")
    found = await seat_executor.run(read_chat_since, 0, [room.pk])
    assert [line.text for line in found.lines] == ["new"]
