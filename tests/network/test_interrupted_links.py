"""Interrupted links: the call recovers by itself with the same seats, and the page says meanwhile what is wrong."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.network.lab import Meeting, Pair


@pytest.mark.parametrize("seconds", [1, 3, 10, 30, 120])
def test_a_call_recovers_from_a_cut_that_the_machine_notices(meeting: Meeting, seconds: int) -> None:
    pair = Pair.meet(meeting)
    pair.network.cut(seconds, noticed=True)
    pair.are_as_before()


@pytest.mark.parametrize("seconds", [3, 10, 30])
def test_a_call_recovers_from_a_cut_that_no_machine_notices(meeting: Meeting, seconds: int) -> None:
    pair = Pair.meet(meeting)
    pair.network.cut(seconds, noticed=False)
    pair.are_as_before()


def test_the_page_says_what_is_going_on(meeting: Meeting) -> None:
    pair = Pair.meet(meeting)
    pair.network.silence()
    expect(pair.grace.lost_server).to_have_text("Reconnecting… your network seems to be away")
    expect(pair.ada.tile(pair.grace)).to_contain_text(re.compile("Trouble connecting…|Reconnecting…"))
    expect(pair.ada.lost_server).to_be_hidden()
    pair.network.heal()
    expect(pair.grace.lost_server).to_be_hidden()
    pair.are_as_before()
    expect(pair.ada.tile(pair.grace)).not_to_contain_text("onnecting…")


def test_after_two_minutes_it_gives_up_and_rejoin_gives_the_same_seat(meeting: Meeting) -> None:
    pair = Pair.meet(meeting)
    pair.network.unplug()
    expect(pair.grace.button("Rejoin")).to_be_visible(timeout=150_000)
    pair.ada.no_longer_sees(pair.grace)
    pair.network.plug()
    pair.grace.press("Rejoin")
    pair.grace.is_in_call()
    pair.are_as_before()
