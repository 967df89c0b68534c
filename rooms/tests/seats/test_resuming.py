"""Resuming a seat after a reload, a lost connection, a crash, or in a second tab; and when seats end."""

from __future__ import annotations

import json
from datetime import timedelta
from threading import Event
from typing import Any

from django.db.models import Q

from rooms.realtime.bus_messages import encode
from rooms.rules import lease
from rooms.runtime.executors import seat_executor
from rooms.services import processes, seats

KEY = "ab" * 16
PAGE, NEXT_PAGE = "aaaaaaaa", "bbbbbbbb"


async def test_a_reload_resumes_the_same_seat_with_a_higher_epoch(connect, owner):
    olive = await connect(owner)
    await olive.join("Olive", key=KEY, page=PAGE)
    await olive.send("state", hand=True, screen=True)
    before = (await olive.receive("seat.updated"))["seat"]
    await olive.close(1001)
    again = await connect(cookie=olive.cookie)
    await again.join("Olive", key=KEY, page=NEXT_PAGE, attempt=2)
    (seat,) = again.welcome["seats"]
    assert (again.seat, seat["epoch"], seat["role"]) == (olive.seat, 2, "host")
    assert seat["hand"] == before["hand"]
    assert not seat["screen"], "a new page shares no screen"
    assert not seat["away"]


async def test_a_network_change_keeps_seat_and_epoch(connect):
    grace = await connect()
    await grace.join("Grace", key=KEY, page=PAGE)
    await grace.close(1006)
    again = await connect(cookie=grace.cookie)
    await again.join("Grace", key=KEY, page=PAGE, attempt=2)
    assert again.seat == grace.seat
    assert again.welcome["seats"][0]["epoch"] == 1


async def test_others_see_the_seat_go_away_and_come_back_without_leaving(connect):
    ada, grace = await connect(), await connect()
    await ada.join("Ada")
    await grace.join("Grace", key=KEY, page=PAGE)
    await grace.close(1006)
    away = (await ada.receive("seat.updated"))["seat"]
    assert (away["id"], away["away"]) == (grace.seat, True)
    again = await connect(cookie=grace.cookie)
    await again.join("Grace", key=KEY, page=PAGE, attempt=2)
    back = (await ada.receive("seat.updated"))["seat"]
    assert (back["id"], back["away"]) == (grace.seat, False)
    assert back["rev"] > away["rev"]
    assert await ada.receives_no("seat.left")


async def test_the_seat_of_a_closed_tab_ends_after_three_seconds(connect, hub, time, seat_row):
    ada, grace = await connect(), await connect()
    await ada.join("Ada")
    await grace.join("Grace")
    await grace.close(1001)
    await ada.receive("seat.updated")
    time.advance(2.9)
    await hub.reconciler.once()
    assert (await seat_row(grace.seat)).state == "in"
    time.advance(0.2)
    await hub.reconciler.once()
    left = await ada.receive("seat.left")
    assert (left["id"], left["reason"]) == (grace.seat, "expired")


async def test_the_seat_of_a_lost_connection_ends_after_twelve_seconds(connect, hub, time, seat_row):
    ada, grace = await connect(), await connect()
    await ada.join("Ada")
    await grace.join("Grace")
    await grace.close(1006)
    await ada.receive("seat.updated")
    time.advance(4)
    await hub.reconciler.once()
    time.advance(4)
    await hub.reconciler.once()
    assert (await seat_row(grace.seat)).state == "in"
    await ada.send("ping")
    await ada.receive("pong")
    time.advance(4.1)
    await hub.reconciler.once()
    assert (await ada.receive("seat.left"))["id"] == grace.seat


async def test_a_silent_socket_loses_its_seat_within_thirty_seconds(connect, hub, time):
    ada, grace = await connect(), await connect()
    await ada.join("Ada")
    await grace.join("Grace")
    for _ in range(30):
        time.advance(1)
        await ada.send("ping")
        await ada.receive("pong")
        await hub.reconciler.once()
        await hub.tasks.settle()
    left = await ada.receive("seat.left")
    assert (left["id"], left["reason"]) == (grace.seat, "expired")
    assert (await grace.receive_bye())["code"] == "unheard"


async def test_an_expired_seat_can_be_reopened_within_ten_minutes(connect, hub, time):
    ada, grace = await connect(), await connect()
    await ada.join("Ada")
    await grace.join("Grace", key=KEY, page=PAGE)
    await grace.close(1001)
    await ada.receive("seat.updated")
    time.advance(4)
    await hub.reconciler.once()
    left = await ada.receive("seat.left")
    again = await connect(cookie=grace.cookie)
    await again.join("Grace", key=KEY, page=PAGE, attempt=2)
    assert again.seat == grace.seat
    joined = (await ada.receive("seat.joined"))["seat"]
    while joined["id"] != grace.seat or joined["rev"] < left["rev"]:
        joined = (await ada.receive("seat.joined"))["seat"]
    assert joined["rev"] > left["rev"]


async def test_a_reopened_seat_keeps_its_raised_hand(connect, hub, time):
    grace = await connect()
    await grace.join("Grace", key=KEY, page=PAGE)
    await grace.send("state", hand=True)
    raised = (await grace.receive("seat.updated"))["seat"]["hand"]
    await grace.close(1006)
    await hub.tasks.settle()
    time.advance(13)
    await seat_executor.run(seats.end_due, Q())
    again = await connect(cookie=grace.cookie)
    await again.join("Grace", key=KEY, page=PAGE, attempt=2)
    assert again.seat == grace.seat
    assert again.welcome["seats"][0]["hand"] == raised


async def test_after_ten_minutes_the_key_gives_a_new_seat(connect, hub, time, room):
    grace = await connect()
    await grace.join("Grace", key=KEY, page=PAGE)
    await grace.close(1006)
    await hub.tasks.settle()
    time.advance(13)
    await seat_executor.run(seats.end_due, Q())
    time.advance(601)
    again = await connect(cookie=grace.cookie)
    await again.join("Grace", key=KEY, page=PAGE, attempt=2)
    assert again.seat != grace.seat


async def test_joining_again_after_leaving_gives_a_new_seat(connect):
    grace = await connect()
    await grace.join("Grace", key=KEY)
    await grace.send("leave")
    await grace.receive_bye()
    again = await connect(cookie=grace.cookie)
    await again.join("Grace", key=KEY, attempt=2)
    assert again.seat != grace.seat


async def test_a_second_tab_with_the_same_key_takes_over_and_the_first_is_told(connect):
    grace = await connect()
    await grace.join("Grace", key=KEY, page=PAGE)
    twin = await connect(cookie=grace.cookie)
    await twin.join("Grace", key=KEY, page=NEXT_PAGE, attempt=2)
    assert twin.seat == grace.seat
    bye = await grace.receive_bye()
    assert (bye["code"], bye["action"], grace.closed_with) == ("taken", "stop", 4409)


async def test_a_hello_with_an_older_attempt_is_refused(connect):
    grace = await connect()
    await grace.join("Grace", key=KEY, attempt=5)
    late = await connect(cookie=grace.cookie)
    await late.send("hello", key=KEY, page=PAGE, attempt=4, nickname="Grace", mic=True, cam=True)
    assert (await late.receive_bye())["code"] == "taken"
    assert await grace.receives_no("bye")


async def test_the_cleanup_of_an_old_socket_does_not_affect_the_new_one(connect, hub, seat_row):
    grace = await connect()
    await grace.join("Grace", key=KEY, page=PAGE)
    again = await connect(cookie=grace.cookie)
    await again.join("Grace", key=KEY, page=PAGE, attempt=2)
    await grace.receive_bye()
    await grace.close(1006)
    await hub.tasks.settle()
    row = await seat_row(again.seat)
    assert (row.state, row.away_at, row.ends_at) == ("in", None, None)


async def test_resuming_a_seat_that_was_due_to_end_publishes_only_the_return(connect, hub, time, monkeypatch):
    """An end published with the same revision would hide the return from other processes for good."""
    ada, grace = await connect(), await connect()
    await ada.join("Ada")
    await grace.join("Grace", key=KEY)
    await grace.close(1006)
    await hub.tasks.settle()
    time.advance(13)
    published: list[dict[str, Any]] = []
    monkeypatch.setattr(hub.bus, "publish", lambda topic, message: published.append(encode(message)))
    again = await connect(cookie=grace.cookie)
    await again.join("Grace", key=KEY, attempt=2)
    sent = [json.loads(event["frame"]) for event in published if "frame" in event]
    assert [(message["type"], message["seat"]["id"]) for message in sent] == [("seat.joined", grace.seat)]


async def test_a_key_is_useless_to_another_person(connect):
    grace = await connect()
    await grace.join("Grace", key=KEY)
    thief = await connect()
    await thief.send("hello", key=KEY, page=PAGE, attempt=9, nickname="Thief", mic=True, cam=True)
    assert (await thief.receive_bye())["code"] == "not_allowed"


async def test_a_page_without_the_key_resumes_its_own_away_seat_by_nickname(connect, hub):
    grace = await connect()
    await grace.join("Grace", key=KEY, page=PAGE)
    await grace.close(1006)
    await hub.tasks.settle()
    again = await connect(cookie=grace.cookie)
    await again.join("grace", key="cd" * 16, page=NEXT_PAGE)
    assert again.seat == grace.seat


async def test_a_page_without_the_key_can_resume_before_the_seat_is_marked_away(connect, hub, seat_row, monkeypatch):
    grace = await connect()
    await grace.join("Grace", key=KEY, page=PAGE)
    mark_away, seated = seats.mark_away, Event()

    def late(*args: Any) -> Any:
        assert seated.wait(5)
        return mark_away(*args)

    monkeypatch.setattr(seats, "mark_away", late)
    await grace.close(1001)
    again = await connect(cookie=grace.cookie)
    await again.join("Grace", key="cd" * 16, page=NEXT_PAGE)
    seated.set()
    await hub.tasks.settle()
    assert again.seat == grace.seat
    assert (await seat_row(again.seat)).away_at is None


async def test_a_second_tab_of_the_same_person_needs_another_nickname(connect):
    grace = await connect()
    await grace.join("Grace", key=KEY, page=PAGE)
    second = await connect(cookie=grace.cookie)
    assert (await second.join("Grace", key="cd" * 16, page=NEXT_PAGE))["code"] == "nickname_taken"


async def test_signing_in_during_a_call_keeps_the_seat_and_grants_the_role(connect, owner, seat_row):
    guest = await connect()
    await guest.join("Olive", key=KEY, page=PAGE)
    await guest.close(1001)

    def sign_in() -> Any:
        from importlib import import_module

        from django.conf import settings
        from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

        name, _, key = guest.cookie.partition("=")
        session = import_module(settings.SESSION_ENGINE).SessionStore(key)
        session[SESSION_KEY] = str(owner.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = owner.get_session_auth_hash()
        session.save()
        return guest.cookie

    again = await connect(cookie=await seat_executor.run(sign_in))
    await again.join("Olive", key=KEY, page=NEXT_PAGE, attempt=2)
    assert again.seat == guest.seat
    assert again.welcome["seats"][0]["role"] == "host"
    assert not again.welcome["seats"][0]["guest"]


async def test_the_seats_of_a_dead_process_end_only_after_the_time_to_return(connect, hub, time, seat_row):
    ada, grace = await connect(), await connect()
    await ada.join("Ada")
    await grace.join("Grace")
    row = await seat_row(grace.seat)
    await hub.reconciler.once()

    def die() -> None:
        processes.heartbeat("deadbeefdeadbeef")
        type(row).objects.filter(pk=row.pk).update(process="deadbeefdeadbeef", socket="1")

    hub.rooms[row.room_id].seated.pop(grace.seat)
    await seat_executor.run(die)
    states = []
    for _ in range(31):
        time.advance(1)
        for client in (ada, grace):
            await client.send("ping")
            await client.receive("pong")
        await hub.reconciler.once()
        row = await seat_row(grace.seat)
        states.append((row.state, row.away_at is not None))
    assert states[13] == ("in", False)
    assert states[16] == ("in", True)
    assert states[25] == ("in", True)
    assert states[26][0] == "ended"


async def test_no_seat_is_ended_for_a_while_after_the_reconciler_could_not_read_the_table(
    connect, hub, time, seat_row, monkeypatch
):
    ada, grace = await connect(), await connect()
    await ada.join("Ada")
    await grace.join("Grace", key=KEY, page=PAGE)
    time.advance(16)
    for client in (ada, grace):
        await client.send("ping")
        await client.receive("pong")
    await hub.reconciler.once()
    await grace.close(1006)
    await ada.receive("seat.updated")

    def away(*args: object) -> None:
        raise OSError("the database is away")

    with monkeypatch.context() as patch:
        patch.setattr(seats, "end_due", away)
        time.advance(2)
        await hub.reconciler.once()
    hub.reconciler._process_id = "another0process0"
    time.advance(11)
    await ada.send("ping")
    await ada.receive("pong")
    await hub.reconciler.once()
    assert (await seat_row(grace.seat)).state == "in"
    again = await connect(cookie=grace.cookie)
    await again.join("Grace", key=KEY, page=PAGE, attempt=2)
    assert again.seat == grace.seat


def test_the_grace_periods_add_up_to_the_documented_limits():
    from rooms.realtime.reconciler import PERIOD_SECONDS, UNHEARD_SECONDS

    assert timedelta(seconds=3) == lease.RELOAD_GRACE
    assert timedelta(seconds=UNHEARD_SECONDS + PERIOD_SECONDS) + lease.AWAY_GRACE <= timedelta(seconds=30)
    assert timedelta(seconds=30) >= lease.PROCESS_STALE + lease.AWAY_GRACE
