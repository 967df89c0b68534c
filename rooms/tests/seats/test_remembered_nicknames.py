"""The nickname somebody used is there in their next green room."""

from __future__ import annotations

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore

from accounts.people import NICKNAME_KEY, Person, person_of_cookies
from rooms.runtime.executors import seat_executor


def cookies_of(caller) -> dict[str, str]:
    name, _, value = caller.cookie.partition("=")
    return {name: value}


async def person(caller) -> Person:
    return await seat_executor.run(person_of_cookies, cookies_of(caller))


async def test_a_nickname_is_remembered_with_the_session(door, hub):
    callers = [await door() for _ in range(3)]
    for caller, nickname in zip(callers, ("Ada", "Grace", "Linus"), strict=True):
        await caller.join(nickname)
    await hub.tasks.settle()
    assert [(await person(caller)).nickname for caller in callers] == ["Ada", "Grace", "Linus"]


async def test_what_else_the_session_holds_stays(door, hub):
    ada = await door()
    before = await person(ada)
    await ada.join("Ada")
    await hub.tasks.settle()
    assert (await person(ada)).guest == before.guest


async def test_a_session_that_is_gone_is_not_made_again(door, hub):
    ada = await door()
    key = cookies_of(ada)[settings.SESSION_COOKIE_NAME]
    await seat_executor.run(SessionStore(key).delete)
    await ada.join("Ada")
    await hub.tasks.settle()
    assert NICKNAME_KEY not in await seat_executor.run(SessionStore(key).load)
