"""Links with packet loss or little bandwidth: quality falls, and no connection is replaced."""

from __future__ import annotations

import time
from dataclasses import dataclass

import pytest

from tests.e2e.support.person import Person
from tests.network.lab import Meeting, Pair

LOOK_SECONDS = 12
PICTURES = {5: 5.0, 10: 3.0, 20: 0.5}  # decoded a second, of ten that are sent
CONCEALED = 0.1  # share of audio samples, beyond the packet loss


@dataclass
class Quality:
    """Frames and audio that a person received over some seconds."""

    pictures: float  # a second
    concealed: float  # share of the sound that had to be concealed

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
def test_a_call_survives_packet_loss(meeting: Meeting, percent: int) -> None:
    pair = Pair.meet(meeting)
    pair.network.lose(percent)
    for quality in Quality.of(pair.ada, pair.grace):
        assert quality.pictures >= PICTURES[percent]
        assert quality.concealed <= percent / 100 + CONCEALED
    pair.are_as_before()
    pair.kept_their_connection()


def test_the_bitrate_falls_and_rises_with_the_bandwidth(meeting: Meeting) -> None:
    pair = Pair.meet(meeting)
    for kbit in (1_000, 250, 1_000):
        pair.network.throttle(kbit)
        for quality in Quality.of(pair.ada, pair.grace):
            assert quality.pictures >= 1
            assert quality.concealed <= CONCEALED
    pair.are_as_before()
    pair.kept_their_connection()
