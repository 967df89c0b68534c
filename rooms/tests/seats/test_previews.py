from __future__ import annotations

from rooms import protocol


async def test_from_the_green_room_one_sees_who_is_inside_and_who_comes_and_goes(door, time):
    ada, looker = await door(), await door()
    await ada.join("Ada")
    await looker.say("peek")
    assert (await looker.hear("room"))["nicknames"] == ["Ada"]
    time.move(1)
    grace = await door()
    await grace.join("Grace")
    peek = await looker.hear("room")
    assert (peek["nicknames"], peek["inside"]) == (["Ada", "Grace"], 2)
    await grace.say("leave")
    await grace.bye()
    assert (await looker.hear("room"))["nicknames"] == ["Ada"]


async def test_looking_takes_no_seat_and_joining_is_one_message_on_the_same_socket(door):
    ada, grace = await door(), await door()
    await ada.join("Ada")
    await grace.say("peek")
    await grace.hear("room")
    await grace.join("Grace")
    assert set(grace.roster().values()) == {"Ada", "Grace"}
    await ada.say("state", mic=False)
    await grace.hear("seat.updated")
    assert await grace.hears_nothing_of("room")


async def test_who_was_removed_sees_no_names(door, owner):
    olive, grace = await door(owner), await door()
    await olive.join("Olive")
    await grace.join("Grace")
    await olive.say("moderate", action="remove", seat=grace.seat)
    await grace.bye()
    outside = await door(cookie=grace.cookie)
    await outside.say("peek")
    peek = await outside.hear("room")
    assert (peek["nicknames"], peek["inside"]) == ([], 1)


async def test_looking_in_ends_after_fifteen_minutes(door, hub, time):
    looker = await door()
    await looker.say("peek")
    await looker.hear("room")
    for _ in range(protocol.PEEK_SECONDS // 10 + 1):
        time.move(10)
        await hub.reconciler.once()
        if not hub.sockets:
            break
        await looker.say("ping")
        await looker.hear("pong")
    assert (await looker.bye())["code"] == "idle"


async def test_a_socket_without_a_session_is_told_about_cookies(door):
    nobody = await door(cookie="other=1")
    bye = await nobody.bye()
    assert (bye["code"], nobody.closed_with) == ("no_session", 4401)
