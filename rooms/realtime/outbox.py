"""The frames that one socket has still to write, counted by sender."""

from __future__ import annotations

from collections import Counter, deque


class Outbox:
    """A FIFO of frames that counts its bytes, all together and by the sender of relayed signals.

    Frames are JSON; their length in characters stands for that in bytes.
    """

    __slots__ = ("size", "_frames", "_shares")

    def __init__(self) -> None:
        self.size = 0
        self._frames: deque[tuple[str, str]] = deque()
        self._shares: Counter[str] = Counter()

    def __bool__(self) -> bool:
        return bool(self._frames)

    def put(self, frame: str, sender: str = "") -> None:
        self._frames.append((frame, sender))
        self.size += len(frame)
        if sender:
            self._shares[sender] += len(frame)

    def pop(self) -> str:
        frame, sender = self._frames.popleft()
        self.size -= len(frame)
        if sender:
            self._shares[sender] -= len(frame)
            if not self._shares[sender]:
                del self._shares[sender]
        return frame

    def share(self, sender: str) -> int:
        """Return how many bytes of this sender wait."""
        return self._shares.get(sender, 0)

    def clear(self) -> None:
        self._frames.clear()
        self._shares.clear()
        self.size = 0
