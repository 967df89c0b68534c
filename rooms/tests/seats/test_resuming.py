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


async def test_a_reload_gives_the_same_seat_back_with_a_higher_epoch(door, owner):
    olive = await door(owner)
    await olive.join("Olive", key=KEY, page=PAGE)
    await olive.say("state", hand=True, screen=True)
    before = (await olive.hear("seat.updated"))["seat"]
    await olive.close(1001)
    again = await door(cookie=olive.cookie)
    await again.join("Olive", key=KEY, page=NEXT_PAGE, attempt=2)
    (seat,) = again.welcome["seats"]
    assert (again.seat, seat["epoch"], seat["role"]) == (olive.seat, 2, "host")
    assert seat["hand"] == before["hand"]
    assert not seat["screen"], "a new page shares no screen"
    assert not seat["away"]


async def test_a_network_change_keeps_page_and_epoch(door):
    grace = await door()
    await grace.join("Grace", key=KEY, page=PAGE)
    await grace.close(1006)
    again = await door(cookie=grace.cookie)
    await again.join("Grace", key=KEY, page=PAGE, attempt=2)
    assert again.seat == grace.seat
    assert again.welcome["seats"][0]["epoch"] == 1


async def test_others_see_the_seat_away_and_back_and_never_a_second_tile(door):
    ada, grace = await door(), await door()
    await ada.join("Ada")
    await grace.join("Grace", key=KEY, page=PAGE)
    await grace.close(1006)
    away = (await ada.hear("seat.updated"))["seat"]
    assert (away["id"], away["away"]) == (grace.seat, True)
    again = await door(cookie=grace.cookie)
    await again.join("Grace", key=KEY, page=PAGE, attempt=2)
    back = (await ada.hear("seat.updated"))["seat"]
    assert (back["id"], back["away"]) == (grace.seat, False)
    assert back["rev"] > away["rev"]
    assert await ada.hears_nothing_of("seat.left")


async def test_a_closed_tab_ends_three_seconds_later(door, hub, time, seat_row):
    ada, grace = await door(), await door()
    await ada.join("Ada")
    await grace.join("Grace")
    await grace.close(1001)
    await ada.hear("seat.updated")
    time.move(2.9)
    await hub.reconciler.once()
    assert (await seat_row(grace.seat)).state == "in"
    time.move(0.2)
    await hub.reconciler.once()
    left = await ada.hear("seat.left")
    assert (left["id"], left["reason"]) == (grace.seat, "expired")


async def test_a_lost_connection_ends_twelve_seconds_later(door, hub, time, seat_row):
    ada, grace = await door(), await door()
    await ada.join("Ada")
    await grace.join("Grace")
    await grace.close(1006)
    await ada.hear("seat.updated")
    time.move(4)
    await hub.reconciler.once()
    time.move(4)
    await hub.reconciler.once()
    assert (await seat_row(grace.seat)).state == "in"
    await ada.say("ping")
    await ada.hear("pong")
    time.move(4.1)
    await hub.reconciler.once()
    assert (await ada.hear("seat.left"))["id"] == grace.seat


async def test_a_silent_socket_loses_its_seat_within_thirty_seconds(door, hub, time):
    ada, grace = await door(), await door()
    await ada.join("Ada")
    await grace.join("Grace")
    for _ in range(30):
        time.move(1)
        await ada.say("ping")
        await ada.hear("pong")
        await hub.reconciler.once()
        await hub.tasks.settle()
    left = await ada.hear("seat.left")
    assert (left["id"], left["reason"]) == (grace.seat, "expired")
    assert (await grace.bye())["code"] == "unheard"


async def test_an_expired_seat_is_reopened_within_ten_minutes(door, hub, time):
    ada, grace = await door(), await door()
    await ada.join("Ada")
    await grace.join("Grace", key=KEY, page=PAGE)
    await grace.close(1001)
    await ada.hear("seat.updated")
    time.move(4)
    await hub.reconciler.once()
    left = await ada.hear("seat.left")
    again = await door(cookie=grace.cookie)
    await again.join("Grace", key=KEY, page=PAGE, attempt=2)
    assert again.seat == grace.seat
    joined = (await ada.hear("seat.joined"))["seat"]
    while joined["id"] != grace.seat or joined["rev"] < left["rev"]:
        joined = (await ada.hear("seat.joined"))["seat"]
    assert joined["rev"] > left["rev"]


async def test_a_reopened_seat_has_its_hand_still_up(door, hub, time):
    grace = await door()
    await grace.join("Grace", key=KEY, page=PAGE)
    await grace.say("state", hand=True)
    raised = (await grace.hear("seat.updated"))["seat"]["hand"]
    await grace.close(1006)
    await hub.tasks.settle()
    time.move(13)
    await seat_executor.run(seats.end_due, Q())
    again = await door(cookie=grace.cookie)
    await again.join("Grace", key=KEY, page=PAGE, attempt=2)
    assert again.seat == grace.seat
    assert again.welcome["seats"][0]["hand"] == raised


async def test_after_ten_minutes_the_key_gives_a_new_seat(door, hub, time, room):
    grace = await door()
    await grace.join("Grace", key=KEY, page=PAGE)
    await grace.close(1006)
    await hub.tasks.settle()
    time.move(13)
    await seat_executor.run(seats.end_due, Q())
    time.move(601)
    again = await door(cookie=grace.cookie)
    await again.join("Grace", key=KEY, page=PAGE, attempt=2)
    assert again.seat != grace.seat


async def test_who_left_by_the_button_gets_a_new_seat(door):
    grace = await door()
    await grace.join("Grace", key=KEY)
    await grace.say("leave")
    await grace.bye()
    again = await door(cookie=grace.cookie)
    await again.join("Grace", key=KEY, attempt=2)
    assert again.seat != grace.seat


async def test_two_tabs_with_one_key_the_later_one_wins_and_the_other_is_told(door):
    grace = await door()
    await grace.join("Grace", key=KEY, page=PAGE)
    twin = await door(cookie=grace.cookie)
    await twin.join("Grace", key=KEY, page=NEXT_PAGE, attempt=2)
    assert twin.seat == grace.seat
    bye = await grace.bye()
    assert (bye["code"], bye["action"], grace.closed_with) == ("taken", "stop", 4409)


async def test_an_older_attempt_loses(door):
    grace = await door()
    await grace.join("Grace", key=KEY, attempt=5)
    late = await door(cookie=grace.cookie)
    await late.say("hello", key=KEY, page=PAGE, attempt=4, nickname="Grace", mic=True, cam=True)
    assert (await late.bye())["code"] == "taken"
    assert await grace.hears_nothing_of("bye")


async def test_an_old_sockets_clean_up_does_not_hurt_the_new_holder(door, hub, seat_row):
    grace = await door()
    await grace.join("Grace", key=KEY, page=PAGE)
    again = await door(cookie=grace.cookie)
    await again.join("Grace", key=KEY, page=PAGE, attempt=2)
    await grace.bye()
    await grace.close(1006)
    await hub.tasks.settle()
    row = await seat_row(again.seat)
    assert (row.state, row.away_at, row.ends_at) == ("in", None, None)


async def test_other_processes_are_told_of_the_return_alone_when_the_seat_was_due_itself(door, hub, time, monkeypatch):
    """An end with the same revision would hide the return from them for good."""
    ada, grace = await door(), await door()
    await ada.join("Ada")
    await grace.join("Grace", key=KEY)
    await grace.close(1006)
    await hub.tasks.settle()
    time.move(13)
    published: list[dict[str, Any]] = []
    monkeypatch.setattr(hub.bus, "publish", lambda topic, message: published.append(encode(message)))
    again = await door(cookie=grace.cookie)
    await again.join("Grace", key=KEY, attempt=2)
    told = [json.loads(event["frame"]) for event in published if "frame" in event]
    assert [(message["type"], message["seat"]["id"]) for message in told] == [("seat.joined", grace.seat)]


async def test_a_key_is_worth_nothing_to_another_person(door):
    grace = await door()
    await grace.join("Grace", key=KEY)
    thief = await door()
    await thief.say("hello", key=KEY, page=PAGE, attempt=9, nickname="Thief", mic=True, cam=True)
    assert (await thief.bye())["code"] == "not_allowed"


async def test_a_new_page_without_the_key_gets_its_own_away_seat_back_by_name(door, hub):
    grace = await door()
    await grace.join("Grace", key=KEY, page=PAGE)
    await grace.close(1006)
    await hub.tasks.settle()
    again = await door(cookie=grace.cookie)
    await again.join("grace", key="cd" * 16, page=NEXT_PAGE)
    assert again.seat == grace.seat


async def test_such_a_page_is_not_too_early_while_the_seat_is_still_being_put_away(door, hub, seat_row, monkeypatch):
    grace = await door()
    await grace.join("Grace", key=KEY, page=PAGE)
    mark_away, seated = seats.mark_away, Event()

    def late(*args: Any) -> Any:
        assert seated.wait(5)
        return mark_away(*args)

    monkeypatch.setattr(seats, "mark_away", late)
    await grace.close(1001)
    again = await door(cookie=grace.cookie)
    await again.join("Grace", key="cd" * 16, page=NEXT_PAGE)
    seated.set()
    await hub.tasks.settle()
    assert again.seat == grace.seat
    assert (await seat_row(again.seat)).away_at is None


async def test_a_second_tab_of_the_same_person_needs_a_name_of_its_own(door):
    grace = await door()
    await grace.join("Grace", key=KEY, page=PAGE)
    second = await door(cookie=grace.cookie)
    assert (await second.join("Grace", key="cd" * 16, page=NEXT_PAGE))["code"] == "nickname_taken"


async def test_signing_in_during_a_call_keeps_the_seat_and_gives_the_role(door, owner, seat_row):
    guest = await door()
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

    again = await door(cookie=await seat_executor.run(sign_in))
    await again.join("Olive", key=KEY, page=NEXT_PAGE, attempt=2)
    assert again.seat == guest.seat
    assert again.welcome["seats"][0]["role"] == "host"
    assert not again.welcome["seats"][0]["guest"]


async def test_a_dead_process_loses_its_seats_but_not_before_their_people_could_return(door, hub, time, seat_row):
    ada, grace = await door(), await door()
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
        time.move(1)
        for caller in (ada, grace):
            await caller.say("ping")
            await caller.hear("pong")
        await hub.reconciler.once()
        row = await seat_row(grace.seat)
        states.append((row.state, row.away_at is not None))
    assert states[13] == ("in", False)
    assert states[16] == ("in", True)
    assert states[25] == ("in", True)
    assert states[26][0] == "ended"


async def test_a_sweep_that_could_not_read_the_table_ends_nobody_for_a_while(door, hub, time, seat_row, monkeypatch):
    ada, grace = await door(), await door()
    await ada.join("Ada")
    await grace.join("Grace", key=KEY, page=PAGE)
    time.move(16)
    for caller in (ada, grace):
        await caller.say("ping")
        await caller.hear("pong")
    await hub.reconciler.once()
    await grace.close(1006)
    await ada.hear("seat.updated")

    def away(*args: object) -> None:
        raise OSError("the database is away")

    with monkeypatch.context() as patch:
        patch.setattr(seats, "end_due", away)
        time.move(2)
        await hub.reconciler.once()
    hub.reconciler._process_id = "another0process0"
    time.move(11)
    await ada.say("ping")
    await ada.hear("pong")
    await hub.reconciler.once()
    assert (await seat_row(grace.seat)).state == "in"
    again = await door(cookie=grace.cookie)
    await again.join("Grace", key=KEY, page=PAGE, attempt=2)
    assert again.seat == grace.seat


def test_the_graces_add_up_to_what_is_promised():
    from rooms.realtime.reconciler import PERIOD_SECONDS, UNHEARD_SECONDS

    assert timedelta(seconds=3) == lease.RELOAD_GRACE
    assert timedelta(seconds=UNHEARD_SECONDS + PERIOD_SECONDS) + lease.AWAY_GRACE <= timedelta(seconds=30)
    assert timedelta(seconds=30) >= lease.PROCESS_STALE + lease.AWAY_GRACE
