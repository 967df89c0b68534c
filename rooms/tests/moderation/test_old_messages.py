"""A page that was loaded before the update still moderates: its messages are accepted for one release."""

from __future__ import annotations

import pytest


async def test_an_old_page_removes_a_person(door, owner):
    olive, grace = await door(owner), await door()
    await olive.join("Olive")
    await grace.join("Grace")
    await olive.say("moderate", action="remove", seat=grace.seat, ref="m1")
    assert (await grace.bye())["code"] == "removed"
    assert (await olive.hear("ack"))["ref"] == "m1"


async def test_an_old_page_moves_the_spotlight_and_ends_it(door, owner):
    olive, grace = await door(owner), await door()
    await olive.join("Olive")
    await grace.join("Grace")
    await olive.say("spotlight", seat=grace.seat, ref="s1")
    assert (await grace.hear("seat.updated"))["seat"]["spotlight"] is True
    assert (await olive.hear("ack"))["ref"] == "s1"
    await olive.say("spotlight", seat=None)
    assert (await grace.hear("seat.updated"))["seat"]["spotlight"] is False


@pytest.mark.parametrize("who", ["guest", "outsider"])
async def test_an_old_page_gets_no_right_that_a_new_one_lacks(door, owner, outsider, who):
    olive, other = await door(owner), await door(outsider if who == "outsider" else None)
    await olive.join("Olive")
    await other.join("Other")
    for message in ({"type": "moderate", "action": "remove"}, {"type": "spotlight"}):
        await other.say(**message, seat=olive.seat)
        assert (await other.hear("error"))["code"] == "not_allowed"


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
async def test_what_is_neither_form_is_refused(door, owner, message):
    olive = await door(owner)
    await olive.join("Olive")
    await olive.say(**message)
    assert (await olive.hear("error"))["code"] == "bad_message"
