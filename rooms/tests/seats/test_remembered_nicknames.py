"""The session remembers the nickname for the next green room."""

from __future__ import annotations

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore

from accounts.people import NICKNAME_KEY, Person, person_of_cookies
from rooms.runtime.executors import seat_executor


def cookies_of(client) -> dict[str, str]:
    name, _, value = client.cookie.partition("=")
    return {name: value}


async def person(client) -> Person:
    return await seat_executor.run(person_of_cookies, cookies_of(client))


async def test_the_nickname_is_stored_in_the_session(connect, hub):
    clients = [await connect() for _ in range(3)]
    for client, nickname in zip(clients, ("Ada", "Grace", "Linus"), strict=True):
        await client.join(nickname)
    await hub.tasks.settle()
    assert [(await person(client)).nickname for client in clients] == ["Ada", "Grace", "Linus"]


async def test_other_values_in_the_session_are_kept(connect, hub):
    ada = await connect()
    before = await person(ada)
    await ada.join("Ada")
    await hub.tasks.settle()
    assert (await person(ada)).guest == before.guest


async def test_a_deleted_session_is_not_recreated(connect, hub):
    ada = await connect()
    key = cookies_of(ada)[settings.SESSION_COOKIE_NAME]
    await seat_executor.run(SessionStore(key).delete)
    await ada.join("Ada")
    await hub.tasks.settle()
    assert NICKNAME_KEY not in await seat_executor.run(SessionStore(key).load)
