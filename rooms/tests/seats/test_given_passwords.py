"""A person who must choose a password first can do nothing by socket either, and does not become a guest."""

from __future__ import annotations

from django.test import Client

from accounts.models import User
from accounts.tests.clients import plain_static_files  # noqa: F401
from rooms.models import Seat
from rooms.runtime.executors import seat_executor
from rooms.tests.conftest import SocketClient, session_cookie


def _give_password() -> None:
    User.objects.update(must_change_password=True)


async def _answer_to_hello(caller: SocketClient) -> str:
    answer = await caller.join("Olive")
    return str(answer.get("code", answer["type"]))


async def test_a_person_with_an_assigned_password_gets_no_seat(connect, owner):
    await seat_executor.run(_give_password)
    assert await _answer_to_hello(await connect(owner)) == "password_due"
    assert not await seat_executor.run(Seat.objects.exists)


async def test_a_person_with_an_assigned_password_gets_no_room_list(connect, owner):
    await seat_executor.run(_give_password)
    page = await connect(owner, path="/ws/live/")
    await page.send("subscribe")
    answer = await page.receive("live", "bye")
    assert (answer.get("code"), answer.get("action")) == ("password_due", "stop")


async def test_once_they_have_chosen_a_password_they_get_both(connect, owner):
    await seat_executor.run(_give_password)
    cookie = await seat_executor.run(session_cookie, owner)
    assert await _answer_to_hello(await connect(cookie=cookie)) == "password_due"
    await seat_executor.run(lambda: User.objects.update(must_change_password=False))
    olive = await connect(cookie=cookie)
    assert (await olive.join("Olive"))["type"] == "welcome"


async def test_an_account_that_is_switched_off_does_not_become_a_guest(connect, owner):
    cookie = await seat_executor.run(session_cookie, owner)
    await seat_executor.run(lambda: User.objects.update(is_active=False))
    assert await _answer_to_hello(await connect(cookie=cookie)) == "signed_out"


async def test_a_deleted_account_does_not_become_a_guest(connect, outsider):
    cookie = await seat_executor.run(session_cookie, outsider)
    await seat_executor.run(outsider.delete)
    assert await _answer_to_hello(await connect(cookie=cookie)) == "signed_out"


async def test_a_session_from_before_another_password_says_so(connect, owner):
    cookie = await seat_executor.run(session_cookie, owner)
    await seat_executor.run(lambda: User.objects.update(password="scrypt$another"))
    for _ in range(2):  # the first connection does not delete the session
        assert await _answer_to_hello(await connect(cookie=cookie)) == "signed_out"


async def test_opening_the_link_again_makes_them_a_new_guest(connect, owner, room):
    cookie = await seat_executor.run(session_cookie, owner)
    await seat_executor.run(lambda: User.objects.update(is_active=False))
    name, _, value = cookie.partition("=")
    client = Client()
    client.cookies[name] = value
    await seat_executor.run(client.get, f"/r/{room.slug}/")
    guest = await connect(cookie=f"{name}={client.cookies[name].value}")
    welcome = await guest.join("Grace")
    assert welcome["type"] == "welcome"
    assert (await seat_executor.run(Seat.objects.get)).user_id is None
