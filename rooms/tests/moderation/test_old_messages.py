"""Moderation messages of the previous release are accepted for one release, from pages loaded before the update."""

from __future__ import annotations

import pytest


async def test_a_page_of_the_previous_release_can_remove_a_person(connect, owner):
    olive, grace = await connect(owner), await connect()
    await olive.join("Olive")
    await grace.join("Grace")
    await olive.send("moderate", action="remove", seat=grace.seat, ref="m1")
    assert (await grace.receive_bye())["code"] == "removed"
    assert (await olive.receive("ack"))["ref"] == "m1"


async def test_a_page_of_the_previous_release_can_set_and_end_the_spotlight(connect, owner):
    olive, grace = await connect(owner), await connect()
    await olive.join("Olive")
    await grace.join("Grace")
    await olive.send("spotlight", seat=grace.seat, ref="s1")
    assert (await grace.receive("seat.updated"))["seat"]["spotlight"] is True
    assert (await olive.receive("ack"))["ref"] == "s1"
    await olive.send("spotlight", seat=None)
    assert (await grace.receive("seat.updated"))["seat"]["spotlight"] is False


@pytest.mark.parametrize("who", ["guest", "outsider"])
async def test_messages_of_the_previous_release_need_the_same_permission(connect, owner, outsider, who):
    olive, other = await connect(owner), await connect(outsider if who == "outsider" else None)
    await olive.join("Olive")
    await other.join("Other")
    for message in ({"type": "moderate", "action": "remove"}, {"type": "spotlight"}):
        await other.send(**message, seat=olive.seat)
        assert (await other.receive("error"))["code"] == "not_allowed"


@pytest.mark.parametrize(
    "message",
    [
        {"type": "moderate", "action": "ban", "seat": "00112233445566aa"},
        {"type": "moderate", "action": "remove", "seat": None},
        {"type": "moderate", "act": "remove", "action": "remove", "seat": "00112233445566aa"},
        {"type": "moderate", "act": "remove"},
        {"type": "spotlight", "seat": "00112233445566aa", "more": 1},
    ],
)
async def test_a_message_in_neither_format_is_refused(connect, owner, message):
    olive = await connect(owner)
    await olive.join("Olive")
    await olive.send(**message)
    assert (await olive.receive("error"))["code"] == "bad_message"
