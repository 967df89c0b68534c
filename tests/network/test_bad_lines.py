"""Lines that lose much or carry little: the call gets worse and stays the same call."""

from __future__ import annotations

import time
from dataclasses import dataclass

import pytest

from tests.e2e.people import Person
from tests.network.venue import Party, Two

LOOK_SECONDS = 12
PICTURES = {5: 5.0, 10: 3.0, 20: 0.5}  # decoded a second, of ten that are sent
MADE_UP = 0.1  # of the sound, beyond what the line loses


@dataclass
class Quality:
    """What reached a person in some seconds."""

    pictures: float  # a second
    made_up: float  # part of the sound that had to be invented

    @classmethod
    def of(cls, *people: Person) -> list[Quality]:
        before = [person.page.evaluate("journal.received()") for person in people]
        began = time.monotonic()
        time.sleep(LOOK_SECONDS)
        after = [person.page.evaluate("journal.received()") for person in people]
        seconds = time.monotonic() - began
        return [
            cls((now["pictures"] - old["pictures"]) / seconds, (now["madeUp"] - old["madeUp"]) / (48_000 * seconds))
            for old, now in zip(before, after, strict=True)
        ]


@pytest.mark.parametrize("percent", PICTURES)
def test_packets_are_lost(party: Party, percent: int) -> None:
    two = Two.meet(party)
    two.network.lose(percent)
    for quality in Quality.of(two.ada, two.grace):
        assert quality.pictures >= PICTURES[percent]
        assert quality.made_up <= percent / 100 + MADE_UP
    two.are_as_before()
    two.kept_their_connection()


def test_the_rate_falls_and_rises(party: Party) -> None:
    two = Two.meet(party)
    for kbit in (1_000, 250, 1_000):
        two.network.throttle(kbit)
        for quality in Quality.of(two.ada, two.grace):
            assert quality.pictures >= 1
            assert quality.made_up <= MADE_UP
    two.are_as_before()
    two.kept_their_connection()
