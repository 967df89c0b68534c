"""A page, a cookie or a seat in other hands than before."""

from __future__ import annotations

from rooms.runtime.executors import seat_executor
from rooms.tests.conftest import session_cookie

KEY = "cd" * 16


async def test_who_signs_out_and_opens_the_link_again_in_the_same_tab_is_a_guest(door, outsider):
    otto = await door(outsider)
    await otto.join("Otto", key=KEY)
    await otto.say("leave")
    await otto.bye()
    guest = await door()
    answer = await guest.join("Otto", key=KEY, attempt=2)
    assert answer["type"] == "welcome", answer
    assert guest.seat != otto.seat
    assert guest.welcome["seats"][0]["guest"]


async def test_a_live_seat_is_not_given_to_other_hands(door, outsider):
    otto = await door(outsider)
    await otto.join("Otto", key=KEY)
    guest = await door()
    assert (await guest.join("Otto", key=KEY, attempt=2))["code"] == "not_allowed"
    await otto.say("ping")
    await otto.hear("pong")


async def test_an_odd_cookie_of_a_neighbour_does_not_hide_ours(door, owner):
    """Whatever else runs on this host shares its cookies."""
    cookie = await seat_executor.run(session_cookie, owner)
    olive = await door(cookie=f'prefs={{"a": 1}}; b@d=[x y]; {cookie}; "')
    assert (await olive.join("Olive"))["type"] == "welcome"
    assert olive.welcome["seats"][0]["role"] == "host"


async def test_staff_moderate_in_the_admin_and_not_over_the_wire(door, owner, outsider, seat_row):
    outsider.is_staff = outsider.is_superuser = True
    await seat_executor.run(outsider.save)
    otto, grace = await door(outsider), await door()
    await otto.join("Otto")
    await grace.join("Grace")
    await otto.say("moderate", action="remove", seat=grace.seat)
    assert (await otto.hear("error"))["code"] == "not_allowed"
    assert (await seat_row(grace.seat)).state == "in"


async def test_an_owner_whose_account_is_switched_off_hosts_no_more(door, owner, seat_row):
    olive, grace = await door(owner), await door()
    await olive.join("Olive")
    await grace.join("Grace")
    # By hand in the database, so that nothing tells the socket.
    await seat_executor.run(type(owner).objects.filter(pk=owner.pk).update, is_active=False)
    await olive.say("moderate", action="remove", seat=grace.seat)
    assert (await olive.hear("error"))["code"] == "not_allowed"
    assert (await seat_row(grace.seat)).state == "in"


async def test_text_that_postgresql_cannot_keep_is_no_error_of_ours(door):
    grace = await door()
    await grace.join("Grace")
    await grace.say("chat", text="a\0b", ref="c1")
    assert (await grace.hear("chat"))["line"]["text"] == "ab"
    await grace.say("chat", text="a", ref="c\0")
    assert (await grace.hear("error"))["code"] == "bad_message"
