"""Signing out, deactivating and deleting an account end its calls at once."""

from __future__ import annotations

from django.test import Client

from accounts.models import User
from rooms.models import Seat
from rooms.runtime.executors import seat_executor


def _browser_with(cookie: str) -> Client:
    client = Client()
    name, _, value = cookie.partition("=")
    client.cookies[name] = value
    return client


async def test_signing_out_ends_only_the_seats_of_that_session(connect, owner, outsider, seat_row):
    laptop, phone, otto = await connect(owner), await connect(owner), await connect(outsider)
    await laptop.join("Olive")
    await phone.join("Olive's phone")
    await otto.join("Otto")
    await seat_executor.run(_browser_with(laptop.cookie).post, "/accounts/logout/")
    bye = await laptop.receive_bye()
    assert (bye["code"], bye["action"], laptop.closed_with) == ("signed_out", "stop", 4401)
    assert (await otto.receive("seat.left"))["id"] == laptop.seat
    assert await phone.receives_no("bye")
    assert (await seat_row(phone.seat)).state == Seat.State.IN


async def test_signing_out_closes_the_live_room_list(connect, owner):
    page = await connect(owner, path="/ws/live/")
    await page.send("subscribe")
    await page.receive("live")
    await seat_executor.run(_browser_with(page.cookie).post, "/accounts/logout/")
    assert (await page.receive_bye())["code"] == "signed_out"


def _deactivate(user: User) -> None:
    user.is_active = False
    user.save()


async def test_a_deactivated_account_is_disconnected_everywhere(connect, owner, outsider):
    grace, otto, looking = await connect(), await connect(outsider), await connect(outsider)
    await grace.join("Grace")
    await otto.join("Otto")
    await looking.send("peek")
    await looking.receive("room")
    await seat_executor.run(_deactivate, outsider)
    for client in (otto, looking):
        assert (await client.receive_bye())["code"] == "signed_out"
    left = await grace.receive("seat.left")
    assert (left["id"], left["reason"]) == (otto.seat, "left")


async def test_a_deleted_account_is_disconnected(connect, outsider):
    otto = await connect(outsider)
    await otto.join("Otto")
    await seat_executor.run(outsider.delete)
    assert (await otto.receive_bye())["code"] == "signed_out"


async def test_a_guest_is_unaffected_when_an_account_is_deactivated(connect, owner):
    grace = await connect()
    await grace.join("Grace")
    await seat_executor.run(_deactivate, owner)
    assert await grace.receives_no("bye")
