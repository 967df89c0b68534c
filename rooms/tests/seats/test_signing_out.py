"""Signing out, being switched off and being deleted end the calls of an account at once."""

from __future__ import annotations

from django.test import Client

from accounts.models import User
from rooms.models import Seat
from rooms.runtime.executors import seat_executor


def _client_of(cookie: str) -> Client:
    client = Client()
    name, _, value = cookie.partition("=")
    client.cookies[name] = value
    return client


async def test_signing_out_ends_the_seats_of_that_session_alone(door, owner, outsider, seat_row):
    laptop, phone, otto = await door(owner), await door(owner), await door(outsider)
    await laptop.join("Olive")
    await phone.join("Olive's phone")
    await otto.join("Otto")
    await seat_executor.run(_client_of(laptop.cookie).post, "/accounts/logout/")
    bye = await laptop.bye()
    assert (bye["code"], bye["action"], laptop.closed_with) == ("signed_out", "stop", 4401)
    assert (await otto.hear("seat.left"))["id"] == laptop.seat
    assert await phone.hears_nothing_of("bye")
    assert (await seat_row(phone.seat)).state == Seat.State.IN


async def test_signing_out_closes_the_list_of_what_is_live(door, owner):
    page = await door(owner, path="/ws/live/")
    await page.say("subscribe")
    await page.hear("live")
    await seat_executor.run(_client_of(page.cookie).post, "/accounts/logout/")
    assert (await page.bye())["code"] == "signed_out"


def _switch_off(user: User) -> None:
    user.is_active = False
    user.save()


async def test_who_is_switched_off_or_deleted_leaves_everywhere(door, owner, outsider):
    grace, otto, looking = await door(), await door(outsider), await door(outsider)
    await grace.join("Grace")
    await otto.join("Otto")
    await looking.say("peek")
    await looking.hear("room")
    await seat_executor.run(_switch_off, outsider)
    for caller in (otto, looking):
        assert (await caller.bye())["code"] == "signed_out"
    left = await grace.hear("seat.left")
    assert (left["id"], left["reason"]) == (otto.seat, "left")


async def test_a_deleted_account_leaves_too(door, outsider):
    otto = await door(outsider)
    await otto.join("Otto")
    await seat_executor.run(outsider.delete)
    assert (await otto.bye())["code"] == "signed_out"


async def test_a_guest_is_nobodys_account(door, owner):
    grace = await door()
    await grace.join("Grace")
    await seat_executor.run(_switch_off, owner)
    assert await grace.hears_nothing_of("bye")
