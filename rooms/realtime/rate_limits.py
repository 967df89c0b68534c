"""Limits of sockets: how much a socket or a person may send, and how many sockets a key may have open."""

from __future__ import annotations

from collections import OrderedDict

from config.ground.clock import clock
from rooms import protocol
from rooms.protocol import FRAMES_BURST, FRAMES_PER_SECOND, PER_PERSON, RATES, REFUSALS, Refused

# A busy page never has this many frames refused; beyond it the socket is closed.
EXCESS_LIMIT = FRAMES_BURST
# The least recently used bucket is dropped first. All that is lost with it is how much was sent lately.
BUCKETS_MOST = 50_000


class TokenBucket:
    """Limits an amount to ``per_second``, with bursts of ``burst``; by default, those of frames.

    ``excess`` counts the refusals since the bucket was last full. Not those in a row: in a flood, too, one frame gets
    through whenever a token comes.
    """

    __slots__ = ("_per_second", "_burst", "_tokens", "_at", "excess")

    def __init__(self, per_second: float = FRAMES_PER_SECOND, burst: float = FRAMES_BURST) -> None:
        self._per_second = per_second
        self._burst = self._tokens = float(burst)
        self._at = clock.seconds()
        self.excess = 0

    def take(self, amount: float = 1) -> bool:
        """Return whether ``amount`` more is within the limit, and count it if so."""
        now = clock.seconds()
        if now > self._at:
            self._tokens += (now - self._at) * self._per_second
            if self._tokens >= self._burst:
                self._tokens = self._burst
                self.excess = 0
        self._at = now
        if self._tokens < amount:
            self.excess += 1
            return False
        self._tokens -= amount
        return True

    @property
    def is_flooded(self) -> bool:
        return self.excess > EXCESS_LIMIT


class MessageRates:
    """The rates of ``rooms.protocol.rates``, counted per seat and per person at this process.

    A seat that comes back on another socket has the same bucket.
    """

    def __init__(self) -> None:
        self._buckets: OrderedDict[tuple[type, str], TokenBucket] = OrderedDict()

    def check(self, message: protocol.ClientMessage, seat: str, person: str) -> None:
        """Count a message. Raises Refused when the seat or the person sent too much of its kind."""
        kind = type(message)
        rate = RATES.get(kind)
        if rate is None:
            return
        amount = len(memoryview(message.data)) if isinstance(message, protocol.Signal) else 1
        if not (self._take(kind, seat, rate, 1, amount) and self._take(kind, person, rate, PER_PERSON, amount)):
            raise Refused(rate.code, rate.words, to=message.to if isinstance(message, protocol.Signal) else None)

    def tolerates(self, seat: str, person: str) -> bool:
        """Count a message that was refused; False when there were so many that the socket has to be closed."""
        own = self._take(Refused, seat, REFUSALS, 1, 1)
        return self._take(Refused, person, REFUSALS, PER_PERSON, 1) and own

    def _take(self, kind: type, key: str, rate: protocol.Rate, times: int, amount: int) -> bool:
        place = kind, key
        bucket = self._buckets.get(place)
        if bucket is None:
            bucket = self._buckets[place] = TokenBucket(rate.per_second * times, rate.burst * times)
            if len(self._buckets) > BUCKETS_MOST:
                self._buckets.popitem(last=False)
        else:
            self._buckets.move_to_end(place)
        return bucket.take(amount)


class ConnectionLimit:
    """Limits the sockets that one key, an address or a person, has open at this process."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._open: dict[str, int] = {}

    def acquire(self, key: str) -> bool:
        """Count one more socket; False, and not counted, when the key has too many already."""
        count = self._open.get(key, 0)
        if count >= self._most:
            return False
        self._open[key] = count + 1
        return True

    def release(self, key: str) -> None:
        self._open[key] -= 1
        if not self._open[key]:
            del self._open[key]


class HeldConnections:
    """What one socket counts as in each ConnectionLimit, until it is released."""

    def __init__(self) -> None:
        self._held: list[tuple[ConnectionLimit, str]] = []
        self._is_released = False

    def acquire(self, limit: ConnectionLimit, key: str) -> bool:
        """Count the socket; False, and not counted, when the key has too many or the socket has closed meanwhile."""
        if self._is_released or not limit.acquire(key):
            return False
        self._held.append((limit, key))
        return True

    def release(self) -> None:
        """Count the socket no longer, and never again."""
        self._is_released = True
        for limit, key in self._held:
            limit.release(key)
        self._held.clear()
