from __future__ import annotations

from config.ground.durations import duration_in_words


def test_waiting_times_are_rounded_up():
    seconds = [0, 0.2, 1, 1.5, 119, 120, 121, 3599, 3600]
    assert [duration_in_words(one) for one in seconds] == [
        "1 second", "1 second", "1 second", "2 seconds", "119 seconds", "2 minutes", "3 minutes", "60 minutes",
        "60 minutes",
    ]  # fmt: skip
