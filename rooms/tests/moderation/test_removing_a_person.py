"""Removing a person ends all their seats in the room, resumable ones too, and closes their previewing sockets."""

from __future__ import annotations

import pytest

from rooms import protocol
from rooms.models import Seat
from rooms.realtime.bus_messages import Deliver
from rooms.runtime.executors import seat_executor
from rooms.services import seats
from rooms.tests.conftest import session_cookie

KEY, OTHER_KEY = "0a" * 16, "0b" * 16


async def remove(host, seat: str):
    await host.send("moderate", act="remove", seat=seat, ref="m1")
    return await host.receive("ack", "error")


async def goodbye(caller) -> str | None:
    """The code of the bye that has come, or None where a ping is answered instead."""
    await caller.send("ping")
    message = await caller.receive("bye", "pong")
    if message["type"] == "pong":
        return None
    caller._kept.insert(0, message)
    return str((await caller.receive_bye())["code"])


async def lose(caller, hub, time):
    """The socket is cut, and the seat expires."""
    await caller.close(1006)
    await hub.tasks.settle()
    time.advance(13)
    await hub.reconciler.once()


@pytest.mark.parametrize("who", ["guest", "outsider"])
async def test_removing_a_person_ends_their_second_tab_too(connect, owner, outsider, who):
    cookie = await seat_executor.run(session_cookie, outsider if who == "outsider" else None)
    olive, first, second, ada = (
        await connect(owner),
        await connect(cookie=cookie),
        await connect(cookie=cookie),
        await connect(),
    )
    await olive.join("Olive")
    await ada.join("Ada")
    await first.join("Pest")
    await second.join("Pest too")
    assert (await remove(olive, first.seat))["type"] == "ack"
    assert [await goodbye(caller) for caller in (first, second)] == ["removed", "removed"]
    gone = [await olive.receive("seat.left") for _ in range(2)]
    assert {message["id"] for message in gone} == {first.seat, second.seat}
    assert {message["reason"] for message in gone} == {"removed"}
    assert await ada.receives_no("bye")


async def test_removing_an_account_ends_its_seats_in_all_browsers(connect, owner, outsider, seat_row):
    olive, laptop, phone = await connect(owner), await connect(outsider), await connect(outsider)
    await olive.join("Olive")
    await laptop.join("Otto")
    await phone.join("Otto's phone")
    await remove(olive, laptop.seat)
    assert (await seat_row(phone.seat)).reason == "removed"


@pytest.mark.parametrize("who", ["guest", "outsider"])
async def test_a_seat_that_has_just_expired_is_removed(connect, hub, time, owner, outsider, who):
    """Its media flows on for up to two minutes, so there is somebody to remove."""
    olive, pest = await connect(owner), await connect(outsider if who == "outsider" else None)
    await olive.join("Olive")
    await pest.join("Pest", key=KEY)
    await lose(pest, hub, time)
    expired = await olive.receive("seat.left")
    assert expired["reason"] == "expired"
    assert (await remove(olive, pest.seat))["type"] == "ack"
    removed = await olive.receive("seat.left")
    assert (removed["id"], removed["reason"]) == (pest.seat, "removed")
    assert removed["rev"] > expired["rev"]
    again = await connect(cookie=pest.cookie)
    assert (await again.join("Pest", key=KEY, attempt=2)).get("code") == "removed"


async def test_a_seat_that_could_be_resumed_goes_with_a_live_one(connect, hub, time, owner, seat_row):
    olive, first = await connect(owner), await connect()
    await olive.join("Olive")
    await first.join("Pest", key=KEY)
    await lose(first, hub, time)
    second = await connect(cookie=first.cookie)
    await second.join("Pest too", key=OTHER_KEY)
    await remove(olive, second.seat)
    row = await seat_row(first.seat)
    assert row.reason == "removed"


async def test_an_away_person_is_removed_and_does_not_come_back(connect, hub, owner):
    olive, pest = await connect(owner), await connect()
    await olive.join("Olive")
    await pest.join("Pest", key=KEY)
    await pest.close(1006)
    await hub.tasks.settle()
    assert (await remove(olive, pest.seat))["type"] == "ack"
    again = await connect(cookie=pest.cookie)
    assert (await again.join("Pest", key=KEY, attempt=2)).get("code") == "removed"


async def test_the_key_of_a_removed_seat_opens_nothing_after_signing_out(connect, owner, outsider):
    olive, otto = await connect(owner), await connect(outsider)
    await olive.join("Olive")
    await otto.join("Otto", key=KEY)
    await remove(olive, otto.seat)
    await otto.receive_bye()
    guest = await connect()
    assert (await guest.join("Otto", key=KEY, attempt=2)).get("code") == "removed"


async def test_a_seat_that_ended_otherwise_cannot_be_removed(connect, hub, time, owner):
    olive, left, long_gone = await connect(owner), await connect(), await connect()
    for caller, name in ((olive, "Olive"), (left, "Left"), (long_gone, "Long gone")):
        await caller.join(name)
    await left.send("leave")
    await left.receive_bye()
    assert (await remove(olive, left.seat)).get("code") == "no_such_seat"
    await seat_executor.run(lambda: seats.end(Seat.objects.filter(pk=long_gone.seat), Seat.Reason.EXPIRED))
    time.advance(protocol.RESUME_SECONDS + 1)
    assert (await remove(olive, long_gone.seat)).get("code") == "no_such_seat"


async def test_members_guests_and_outsiders_remove_nobody_who_expired(connect, hub, time, owner, outsider, seat_row):
    olive, otto, grace, ada = await connect(owner), await connect(outsider), await connect(), await connect()
    for caller, name in ((olive, "Olive"), (otto, "Otto"), (grace, "Grace"), (ada, "Ada")):
        await caller.join(name)
    await seat_executor.run(lambda: seats.end(Seat.objects.filter(pk=ada.seat), Seat.Reason.EXPIRED))
    for caller in (otto, grace):
        assert (await remove(caller, ada.seat)).get("code") == "not_allowed"
    assert (await seat_row(ada.seat)).reason == "expired"


async def test_the_owner_is_not_removed_by_a_seat_taken_before_signing_in(connect, owner, seat_row):
    """Nor by a seat that shares a session with the owner's, which a future co-host might try."""
    guest, olive = await connect(), await connect(owner)
    await guest.join("Olive as guest")
    await olive.join("Olive")
    session = (await seat_row(guest.seat)).guest
    await seat_executor.run(lambda: Seat.objects.filter(pk=olive.seat).update(guest=session))
    for seat in (guest.seat, olive.seat):
        assert (await remove(olive, seat)).get("code") == "not_allowed"
    assert await olive.receives_no("bye")
    assert await guest.receives_no("bye")


# --- previewing -----------------------------------------------------------------------------------


async def look(caller):
    await caller.send("peek")
    return await caller.receive("room")


async def test_a_removed_person_stops_previewing(connect, owner, outsider):
    olive, otto = await connect(owner), await connect(outsider)
    await olive.join("Olive")
    await otto.join("Otto")
    same_session, same_account = await connect(cookie=otto.cookie), await connect(outsider)
    grace, olives_other = await connect(), await connect(owner)
    for looker in (same_session, same_account, grace, olives_other):
        assert sorted((await look(looker))["nicknames"]) == ["Olive", "Otto"]
    await remove(olive, otto.seat)
    for looker in (same_session, same_account):
        assert (await goodbye(looker), looker.closed_with) == ("removed", 4403)
    for looker in (grace, olives_other):
        assert (await looker.receive("room"))["nicknames"] == ["Olive"]
        assert await looker.receives_no("bye")
    again = await connect(cookie=otto.cookie)
    assert (await look(again))["nicknames"] == []


async def test_the_owner_keeps_previewing_from_a_session_that_was_a_removed_guest_before(connect, hub, owner, room):
    looker = await connect(owner)
    await look(looker)
    session = next(socket.person.guest for socket in hub.sockets)
    bye = protocol.encode(protocol.bye("removed"))
    hub.receive(Deliver(room=room.pk, owner=owner.pk, to=f"guest {session}", frame=bye))
    assert await looker.receives_no("bye")


async def test_a_removal_at_another_process_closes_a_previewer_here(connect, hub, owner, outsider, room):
    otto, grace = await connect(outsider), await connect()
    await look(otto)
    await look(grace)
    bye = protocol.encode(protocol.bye("removed"))
    hub.receive(Deliver(room=room.pk, owner=owner.pk, to=f"user {outsider.pk}", frame=bye))
    assert await goodbye(otto) == "removed"
    assert await grace.receives_no("bye")


async def test_other_processes_are_told_of_the_seats_and_of_the_person(
    connect, hub, owner, outsider, room, monkeypatch
):
    olive, otto = await connect(owner), await connect(outsider)
    await olive.join("Olive")
    await otto.join("Otto")
    guest = next(socket.person.guest for socket in hub.sockets if socket.person.user_id == outsider.pk)
    published = []
    monkeypatch.setattr(hub.bus, "publish", lambda topic, message: published.append((topic, message)))
    await remove(olive, otto.seat)
    byes = [message for topic, message in published if isinstance(message, Deliver) and '"bye"' in message.frame]
    assert [message.to for message in byes] == [otto.seat, f"user {outsider.pk}", f"guest {guest}"]
    assert {topic for topic, message in published if message in byes} == {f"room.{room.pk}"}


async def test_the_reconciler_closes_a_previewer_whose_removal_was_lost(
    connect, hub, time, owner, outsider, monkeypatch
):
    olive, otto, grace = await connect(owner), await connect(outsider), await connect()
    looker = await connect(outsider)
    await olive.join("Olive")
    await otto.join("Otto")
    for one in (looker, grace):
        await look(one)
    await seat_executor.run(lambda: seats.end(Seat.objects.filter(pk=otto.seat), Seat.Reason.REMOVED))
    time.advance(5)
    for one in (olive, otto, grace, looker):
        await one.send("ping")
        await one.receive("pong")
    await hub.reconciler.once()
    assert await goodbye(looker) == "removed"
    assert await grace.receives_no("bye")
