"""A link that is cut: the call comes back by itself, with the same seats, and says meanwhile what is going on."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.network.venue import Party, Two


@pytest.mark.parametrize("seconds", [1, 3, 10, 30, 120])
def test_a_cut_that_the_machine_notices(party: Party, seconds: int) -> None:
    two = Two.meet(party)
    two.network.cut(seconds, noticed=True)
    two.are_as_before()


@pytest.mark.parametrize("seconds", [3, 10, 30])
def test_a_cut_far_away_that_nobody_is_told_of(party: Party, seconds: int) -> None:
    two = Two.meet(party)
    two.network.cut(seconds, noticed=False)
    two.are_as_before()


def test_words_say_what_is_going_on(party: Party) -> None:
    two = Two.meet(party)
    two.network.silence()
    expect(two.grace.lost_server).to_have_text("Reconnecting… your network seems to be away")
    expect(two.ada.tile(two.grace)).to_contain_text(re.compile("Trouble connecting…|Reconnecting…"))
    expect(two.ada.lost_server).to_be_hidden()
    two.network.heal()
    expect(two.grace.lost_server).to_be_hidden()
    two.are_as_before()
    expect(two.ada.tile(two.grace)).not_to_contain_text("onnecting…")


def test_after_two_minutes_it_gives_up_and_rejoin_gives_the_same_seat(party: Party) -> None:
    two = Two.meet(party)
    two.network.unplug()
    expect(two.grace.button("Rejoin")).to_be_visible(timeout=150_000)
    two.ada.no_longer_sees(two.grace)
    two.network.plug()
    two.grace.press("Rejoin")
    two.grace.is_inside()
    two.are_as_before()
