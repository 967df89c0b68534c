"""The end of a session ends its sockets and seats: at once after a new password or address, else within a minute."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from accounts.tests.clients import plain_static_files  # noqa: F401
from rooms.models import Seat
from rooms.realtime.hub import Hub
from rooms.runtime.executors import reconciler_executor, seat_executor
from rooms.tests.conftest import SocketClient

OLD, NEW = "a long password", "porch swing evening"


def client_of(cookie: str) -> Client:
    client = Client()
    name, _, value = cookie.partition("=")
    client.cookies[name] = value
    return client


def cookie_of(client: Client, name: str) -> str:
    return f"{name}={client.cookies[name].value}"


async def goes_on(caller: SocketClient) -> bool:
    return await caller.receives_no("bye")


async def is_closed(caller: SocketClient) -> str:
    """The code of the bye, or "" when a ping is still answered."""
    await caller.send("ping")
    answer = await caller.receive("bye", "pong")
    if answer["type"] == "pong":  # a bye of another thread may be on its way
        await seat_executor.run(lambda: None)
        await caller.send("ping")
        answer = await caller.receive("bye", "pong")
    return str(answer.get("code", ""))


def change_password(client: Client) -> Any:
    return client.post("/accounts/password/change/", {"oldpassword": OLD, "password1": NEW, "password2": NEW})


def set_password(user: User) -> None:
    user = User.objects.get(pk=user.pk)
    user.set_password(NEW)
    user.save()


def set_email(user: User) -> None:
    user = User.objects.get(pk=user.pk)
    user.email = "another@example.org"
    user.save(update_fields=["email"])


async def test_changing_the_password_ends_all_sessions_but_that_one(connect, owner, outsider, seat_row):
    laptop, phone, looking, otto = (
        await connect(owner),
        await connect(owner),
        await connect(owner),
        await connect(outsider),
    )
    page = await connect(owner, path="/ws/live/")
    await laptop.join("Olive")
    await phone.join("Olive's phone")
    await otto.join("Otto")
    await looking.send("peek")
    await page.send("subscribe")
    await page.receive("live")
    assert (await seat_executor.run(change_password, client_of(laptop.cookie))).status_code == 302
    assert [await is_closed(one) for one in (phone, looking, page)] == ["signed_out"] * 3
    assert (await seat_row(phone.seat)).state == Seat.State.ENDED
    assert await goes_on(laptop)
    assert await goes_on(otto)
    assert (await seat_row(laptop.seat)).state == Seat.State.IN


@pytest.mark.parametrize("act", [set_password, set_email])
async def test_another_password_or_address_ends_sessions_whoever_set_it(
    connect, owner, seat_row, act: Callable[[User], None]
):
    laptop = await connect(owner)
    await laptop.join("Olive")
    await seat_executor.run(act, owner)
    assert await is_closed(laptop) == "signed_out"
    assert (await seat_row(laptop.seat)).state == Seat.State.ENDED
    again = await connect(cookie=laptop.cookie)
    assert (await again.join("Olive")).get("code") == "signed_out"


async def test_saving_anything_else_ends_nothing(connect, owner):
    laptop = await connect(owner)
    await laptop.join("Olive")

    def save() -> None:
        user = User.objects.get(pk=owner.pk)
        user.nickname, user.language = "Olivia", "de"
        user.save()

    await seat_executor.run(save)
    assert await goes_on(laptop)


async def test_a_password_reset_ends_all_sessions(connect, owner):
    laptop = await connect(owner)
    await laptop.join("Olive")

    def reset() -> int:
        from allauth.account.forms import default_token_generator as tokens
        from allauth.account.utils import user_pk_to_url_str

        client = Client()
        key = f"{user_pk_to_url_str(owner)}-{tokens.make_token(owner)}"
        page: Any = client.get(f"/accounts/password/reset/key/{key}/", follow=True)
        return client.post(page.request["PATH_INFO"], {"password1": NEW, "password2": NEW}).status_code

    assert await seat_executor.run(reset) == 302
    assert await is_closed(laptop) == "signed_out"


async def test_signing_out_ends_what_the_session_took_before_it_signed_in(connect, outsider, seat_row):
    grace = await connect()
    await grace.join("Grace")

    def sign_in_and_out() -> None:
        client = client_of(grace.cookie)
        client.force_login(outsider)
        client.post("/accounts/logout/")

    await seat_executor.run(sign_in_and_out)
    assert await is_closed(grace) == "signed_out"
    assert (await seat_row(grace.seat)).state == Seat.State.ENDED


# --- the check of every minute --------------------------------------------------------------------


async def check_sessions(hub: Hub) -> None:
    await hub.session_check.check()


def change_row(**values: Any) -> Callable[[], None]:
    def change() -> None:
        User.objects.update(**values)

    return change


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"is_active": False}, "signed_out"),
        ({"password": "scrypt$another"}, "signed_out"),
        ({"must_change_password": True}, "password_due"),
    ],
)
async def test_a_change_without_a_signal_is_found(connect, owner, hub, values: dict[str, Any], code: str):
    olive, page, grace = await connect(owner), await connect(owner, path="/ws/live/"), await connect()
    await olive.join("Olive")
    await grace.join("Grace")
    await page.send("subscribe")
    await page.receive("live")
    await seat_executor.run(change_row(**values))
    await check_sessions(hub)
    assert [await is_closed(one) for one in (olive, page)] == [code] * 2
    assert await goes_on(grace)


async def test_a_session_that_was_deleted_or_has_expired_does_not_come_back(connect, hub):
    grace, ada = await connect(), await connect()
    await grace.join("Grace")
    await ada.join("Ada")
    key = ada.cookie.partition("=")[2]
    past = timezone.now() - timedelta(seconds=1)
    await seat_executor.run(lambda: Session.objects.filter(pk=key).update(expire_date=past))
    await seat_executor.run(lambda: Session.objects.exclude(pk=key).delete())
    await check_sessions(hub)
    for caller in (grace, ada):
        assert await is_closed(caller) == "session_renewed"
        again = await connect(cookie=caller.cookie)
        assert (await again.join("Back")).get("code") == "no_session"


async def test_the_browser_that_changed_its_password_resumes_its_seat(connect, owner, hub):
    laptop = await connect(owner)
    await laptop.join("Olive", page="a" * 8)
    client = client_of(laptop.cookie)
    await seat_executor.run(change_password, client)
    await check_sessions(hub)
    assert await is_closed(laptop) == "session_renewed"
    again = await connect(cookie=cookie_of(client, laptop.cookie.partition("=")[0]))
    welcome = await again.join("Olive", key=laptop.key, page="a" * 8, attempt=2)
    assert (welcome["type"], again.seat) == ("welcome", laptop.seat)


async def test_one_check_takes_two_statements_for_any_number_of_sockets(connect, owner, outsider, hub, monkeypatch):
    callers = [await connect(user) for user in (owner, outsider, None, owner)]
    callers += [await connect(cookie=callers[0].cookie), await connect(outsider, path="/ws/live/")]
    statements: list[str] = []

    def count(work: Callable[..., Any], *args: Any) -> Any:
        with CaptureQueriesContext(connection) as captured:
            result = work(*args)
        statements.extend(query["sql"] for query in captured)
        return result

    run = reconciler_executor.run
    monkeypatch.setattr(reconciler_executor, "run", lambda work, *args: run(count, work, *args))
    await hub.session_check.check()
    assert len(statements) == 2
    assert all([await goes_on(caller) for caller in callers])
