"""Seats and roles belong to a session and an account: after signing out, with malformed cookies, without rights."""

from __future__ import annotations

from rooms.runtime.executors import seat_executor
from rooms.tests.conftest import session_cookie

KEY = "cd" * 16


async def test_a_tab_reused_after_signing_out_gets_a_new_guest_seat(connect, outsider):
    otto = await connect(outsider)
    await otto.join("Otto", key=KEY)
    await otto.send("leave")
    await otto.receive_bye()
    guest = await connect()
    answer = await guest.join("Otto", key=KEY, attempt=2)
    assert answer["type"] == "welcome", answer
    assert guest.seat != otto.seat
    assert guest.welcome["seats"][0]["guest"]


async def test_a_seat_in_use_is_not_given_to_another_session(connect, outsider):
    otto = await connect(outsider)
    await otto.join("Otto", key=KEY)
    guest = await connect()
    assert (await guest.join("Otto", key=KEY, attempt=2))["code"] == "not_allowed"
    await otto.send("ping")
    await otto.receive("pong")


async def test_malformed_cookies_of_other_applications_do_not_hide_the_session(connect, owner):
    """Other applications on the same host share its cookies."""
    cookie = await seat_executor.run(session_cookie, owner)
    olive = await connect(cookie=f'prefs={{"a": 1}}; b@d=[x y]; {cookie}; "')
    assert (await olive.join("Olive"))["type"] == "welcome"
    assert olive.welcome["seats"][0]["role"] == "host"


async def test_staff_status_gives_no_moderation_rights_over_the_socket(connect, owner, outsider, seat_row):
    outsider.is_staff = outsider.is_superuser = True
    await seat_executor.run(outsider.save)
    otto, grace = await connect(outsider), await connect()
    await otto.join("Otto")
    await grace.join("Grace")
    await otto.send("moderate", action="remove", seat=grace.seat)
    assert (await otto.receive("error"))["code"] == "not_allowed"
    assert (await seat_row(grace.seat)).state == "in"


async def test_an_owner_with_a_deactivated_account_cannot_moderate(connect, owner, seat_row):
    olive, grace = await connect(owner), await connect()
    await olive.join("Olive")
    await grace.join("Grace")
    # Directly in the database, so that no event reaches the socket.
    await seat_executor.run(type(owner).objects.filter(pk=owner.pk).update, is_active=False)
    await olive.send("moderate", action="remove", seat=grace.seat)
    assert (await olive.receive("error"))["code"] == "not_allowed"
    assert (await seat_row(grace.seat)).state == "in"


async def test_null_characters_are_stripped_from_text_and_refused_in_a_ref(connect):
    grace = await connect()
    await grace.join("Grace")
    await grace.send("chat", text="a\0b", ref="c1")
    assert (await grace.receive("chat"))["line"]["text"] == "ab"
    await grace.send("chat", text="a", ref="c\0")
    assert (await grace.receive("error"))["code"] == "bad_message"
