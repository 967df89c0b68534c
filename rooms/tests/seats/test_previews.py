"""Previews: sockets that watch a room from the green room, without a seat."""

from __future__ import annotations

from rooms import protocol


async def test_a_previewer_sees_the_people_inside_and_who_joins_and_leaves(connect, time):
    ada, previewer = await connect(), await connect()
    await ada.join("Ada")
    await previewer.send("peek")
    assert (await previewer.receive("room"))["nicknames"] == ["Ada"]
    time.advance(1)
    grace = await connect()
    await grace.join("Grace")
    peek = await previewer.receive("room")
    assert (peek["nicknames"], peek["inside"]) == (["Ada", "Grace"], 2)
    await grace.send("leave")
    await grace.receive_bye()
    assert (await previewer.receive("room"))["nicknames"] == ["Ada"]


async def test_a_previewer_takes_no_seat_and_can_join_on_the_same_socket(connect):
    ada, grace = await connect(), await connect()
    await ada.join("Ada")
    await grace.send("peek")
    await grace.receive("room")
    await grace.join("Grace")
    assert set(grace.roster().values()) == {"Ada", "Grace"}
    await ada.send("state", mic=False)
    await grace.receive("seat.updated")
    assert await grace.receives_no("room")


async def test_a_removed_person_sees_no_names_in_the_preview(connect, owner):
    olive, grace = await connect(owner), await connect()
    await olive.join("Olive")
    await grace.join("Grace")
    await olive.send("moderate", action="remove", seat=grace.seat)
    await grace.receive_bye()
    outside = await connect(cookie=grace.cookie)
    await outside.send("peek")
    peek = await outside.receive("room")
    assert (peek["nicknames"], peek["inside"]) == ([], 1)


async def test_a_preview_ends_after_fifteen_minutes(connect, hub, time):
    previewer = await connect()
    await previewer.send("peek")
    await previewer.receive("room")
    for _ in range(protocol.PEEK_SECONDS // 10 + 1):
        time.advance(10)
        await hub.reconciler.once()
        if not hub.sockets:
            break
        await previewer.send("ping")
        await previewer.receive("pong")
    assert (await previewer.receive_bye())["code"] == "idle"


async def test_a_socket_without_a_session_is_refused(connect):
    client = await connect(cookie="other=1")
    bye = await client.receive_bye()
    assert (bye["code"], client.closed_with) == ("no_session", 4401)
