"""Token buckets per seat and per person, and waiting frames per sender."""

from __future__ import annotations

from django.conf import settings

from rooms import protocol
from rooms.handlers import HANDLERS
from rooms.protocol import RATES, Refused
from rooms.realtime.outbox import Outbox
from rooms.realtime.rate_limits import MessageRates

CHAT = RATES[protocol.Chat]
FREE = {protocol.Ping, protocol.Leave}  # they cost next to nothing, and a seat is left once


def test_each_message_has_a_rate_and_the_docs_give_it():
    assert HANDLERS.keys() - RATES.keys() == FREE
    document = (settings.BASE_DIR / "docs" / "limits.md").read_text()
    assert f"| `chat` | {CHAT.per_second} a second, {CHAT.burst} at once |" in document


def test_all_seats_of_a_person_share_one_allowance(time):
    rates = MessageRates()
    line = protocol.Chat(text="x", ref="c")
    taken = 0
    for seat in range(48):
        for _ in range(CHAT.burst):
            try:
                rates.check(line, f"seat {seat}", "guest 1")
                taken += 1
            except Refused:
                pass
    assert taken == protocol.PER_PERSON * CHAT.burst
    rates.check(line, "another seat", "guest 2")


def test_waiting_frames_are_counted_per_sender():
    outbox = Outbox()
    outbox.put("aaaa", "ada")
    outbox.put("news")
    outbox.put("gg", "grace")
    assert (outbox.share("ada"), outbox.share("grace"), outbox.size) == (4, 2, 10)
    assert [outbox.pop(), outbox.pop()] == ["aaaa", "news"]
    assert (outbox.share("ada"), outbox.share("grace"), outbox.size) == (0, 2, 2)
    outbox.clear()
    assert (outbox.share("grace"), outbox.size, bool(outbox)) == (0, 0, False)
