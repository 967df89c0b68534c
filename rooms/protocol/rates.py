"""How often each client message may be sent. What goes beyond is refused, and may be sent again a moment later.

The page treats `too_many` as passing: it sends chat, switches, a nickname and a hello again by itself, in order. No
rate is reached by a page in honest use; the comments give what that is.
"""

from __future__ import annotations

from typing import NamedTuple

from rooms.protocol.client import (
    Chat,
    ChatEarlier,
    ClientMessage,
    Hello,
    Moderate,
    Nickname,
    Peek,
    Reaction,
    Signal,
    State,
    Subscribe,
    Sync,
)
from rooms.protocol.limits import SIGNAL_BYTES_BURST, SIGNAL_BYTES_PER_SECOND

# All seats of a person together: few people are in more than a meeting or two at once.
PER_PERSON = 4


class Rate(NamedTuple):
    """A token bucket per seat, and one PER_PERSON times as large per person.

    ``unit`` is what is counted, messages or bytes of ``data``; ``code`` and ``words`` are those of the refusal.
    """

    per_second: float
    burst: int
    words: str
    code: str = "too_many"
    unit: str = "messages"


# How many messages may be refused for their rate. Pages wait a second or two before they send one again; what goes on
# without a pause costs less when it is closed than when it is answered.
REFUSALS = Rate(2, 100, "That was too much at once. Trying again in a moment.", unit="refusals")

RATES: dict[type[ClientMessage], Rate] = {
    # Once per connection, and after each name that was refused. After a restart, all connections of a person come back
    # at once.
    Peek: Rate(1, 15, "That was a lot of looking in. Please wait a moment."),
    Hello: Rate(1, 15, "That was a lot of tries to join. Trying again in a moment."),
    # To each of seven others a description with its candidates, 8 to 20 KiB, then candidates of their own: 140 KiB on
    # joining, and as much again when the network changes and all connections restart ICE.
    Signal: Rate(
        SIGNAL_BYTES_PER_SECOND,
        SIGNAL_BYTES_BURST,
        "Too much was sent to that person at once.",
        code="undelivered",
        unit="bytes",
    ),
    # Push to talk is two for each word said.
    State: Rate(5, 20, "That was a lot of switching. It is taken over in a moment."),
    Nickname: Rate(0.5, 5, "That was a lot of new names. Please wait a moment."),
    Chat: Rate(5, 10, "That was a lot of chat at once. Please wait a moment."),
    # Pages that fill a gap of the 1,000 lines they keep.
    ChatEarlier: Rate(0.5, 5, "That was a lot of reading back. Please wait a moment."),
    Reaction: Rate(3, 15, "That was a lot of reactions. Please wait a moment."),
    Moderate: Rate(2, 10, "That was a lot at once. Please wait a moment."),
    # Every ten minutes, and before ICE restarts after two seconds without an answer.
    Sync: Rate(0.5, 3, "That was asked a moment ago. Please wait."),
    # Once per connection.
    Subscribe: Rate(1, 15, "That was asked a moment ago. Please wait."),
}
