"""A reference model of a room: its seats, computed from people's actions and the time alone.

It repeats the rules of docs/protocol.md and docs/architecture.md in as few words as it can, and knows no code of the
server.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

RELOAD_GRACE, AWAY_GRACE = 3, 12
UNHEARD_AFTER = 17
RESUME_WINDOW = 600
SEATS_PER_PERSON = 2


@dataclass(eq=False)
class Person:
    name: str
    cookie: str
    is_owner: bool = False


@dataclass(eq=False)
class Tab:
    """A browser's tab: its key lives as long as it does."""

    person: Person
    key: str
    page: str
    nickname: str
    attempt: int = 0


@dataclass(eq=False)
class Holding:
    """One socket, as long as the server keeps it: the seat it took, and when it was last heard."""

    tab: Tab
    heard_at: float
    seat: Place | None = None
    is_frozen: bool = False
    byes: set[str] = field(default_factory=set)  # the codes of the byes with which it may be closed by now

    @property
    def holds(self) -> bool:
        return self.seat is not None and self.seat.holder is self


@dataclass(eq=False)
class Place:
    """A seat."""

    person: Person
    tab: Tab
    holder: Holding | None
    joined_at: float
    id: str = ""
    nickname: str = ""
    mic: bool = True
    cam: bool = True
    screen: bool = False
    hand: bool = False
    page: str = ""
    epoch: int = 1
    attempt: int = 1
    ends_at: float | None = None
    ended: str = ""
    ended_at: float = 0.0

    @property
    def is_live(self) -> bool:
        return not self.ended

    def on_wire(self) -> dict[str, Any]:
        """The fields of the wire that can be known without the server's times and numbers."""
        return {
            "id": self.id, "nickname": self.nickname, "role": "host" if self.person.is_owner else "member",
            "guest": not self.person.is_owner, "mic": self.mic, "cam": self.cam, "screen": self.screen,
            "hand": self.hand, "away": self.ends_at is not None, "epoch": self.epoch,
        }  # fmt: skip


@dataclass
class ChatLine:
    """A line of chat that the server has kept."""

    place: Place
    ref: str
    text: str
    to: Place | None
    at: float


class ExpectedRoom:
    def __init__(self, capacity: int, now: float) -> None:
        self.capacity = capacity
        self.now = now
        self.name = "Weekly"
        self.is_open = True
        self.places: list[Place] = []
        self.holdings: list[Holding] = []
        self.removed: set[Person] = set()
        self.chat: list[ChatLine] = []
        self.gathered_at = now

    def live(self) -> list[Place]:
        return [place for place in self.places if place.is_live]

    def is_resumable(self, place: Place) -> bool:
        return place.ended == "expired" and place.ended_at > self.now - RESUME_WINDOW

    # --- taking a seat ----------------------------------------------------------------------------

    def hello(self, holding: Holding, attempt: int) -> str | Place:
        """The seat, or the code of the refusal."""
        tab = holding.tab
        if tab.person in self.removed:
            return "removed"
        place = self._by_key(tab)
        if isinstance(place, Place) and place.is_live and attempt < place.attempt:
            return "taken"
        place = place or self._away_by_name(tab)
        giving_way: list[Place] = []
        if place is None or not place.is_live:
            own = [other for other in self.live() if other.person is tab.person]
            surplus = len(self.live()) - self.capacity
            if tab.person.is_owner:
                own.sort(key=lambda other: (other.ends_at is None, other.joined_at, other.id))
                giving_way = own[: max(len(own) + 1 - SEATS_PER_PERSON, surplus, 0)]
            elif len(own) >= SEATS_PER_PERSON:
                return "here_twice"
            elif surplus >= 0:
                return "room_full"
        if self.is_taken(tab.nickname, place, *giving_way):
            return "nickname_taken"
        for other in giving_way:
            if other.holder is not None:
                other.holder.byes.add("taken")
            self.end(other, "left")
        return self._sit(place or self._new(tab), holding, attempt)

    def is_taken(self, nickname: str, *besides: Place | None) -> bool:
        others = [other for other in self.live() if other not in besides]
        return any(other.nickname.casefold() == nickname.casefold() for other in others)

    def _by_key(self, tab: Tab) -> Place | None:
        held = [place for place in self.places if place.tab is tab]
        live = [place for place in held if place.is_live]
        lately = [place for place in held if self.is_resumable(place)]
        return next(iter([*live, *reversed(lately)]), None)

    def _away_by_name(self, tab: Tab) -> Place | None:
        for place in self.live():
            same = place.nickname.casefold() == tab.nickname.casefold() and place.person is tab.person
            if same and place.ends_at is not None:
                return place
        return None

    def _new(self, tab: Tab) -> Place:
        if not self.live() and not any(map(self.is_resumable, self.places)):
            self.gathered_at = self.now
        place = Place(tab.person, tab, None, self.now, page=tab.page)
        self.places.append(place)
        return place

    def _sit(self, place: Place, holding: Holding, attempt: int) -> Place:
        tab = holding.tab
        if place.holder is not None:
            place.holder.byes.add("taken")
        if place.page != tab.page:
            place.epoch, place.page, place.screen = place.epoch + 1, tab.page, False
        place.tab, place.attempt, place.nickname = tab, attempt, tab.nickname
        place.mic = place.cam = True
        place.holder, place.ends_at, place.ended = holding, None, ""
        holding.seat = place
        return place

    # --- losing it --------------------------------------------------------------------------------

    def gone(self, holding: Holding, grace: int) -> None:
        """Remove the socket."""
        if holding in self.holdings:
            self.holdings.remove(holding)
        if holding.seat is not None and holding.seat.holder is holding:
            holding.seat.holder = None
            if holding.seat.is_live:
                holding.seat.ends_at = self.now + grace

    def end(self, place: Place, reason: str) -> None:
        for holding in self.holdings:  # also sockets that lost the seat and may not know yet
            if holding.seat is place:
                holding.byes.add("unheard" if reason == "expired" else reason)
        place.ended, place.ended_at, place.ends_at = reason, self.now, None
        place.holder, place.screen = None, False
        place.hand = place.hand and reason == "expired"

    def remove(self, person: Person) -> None:
        self.removed.add(person)
        for holding in self.holdings:
            if holding.tab.person is person:
                holding.byes.add("removed")
        for place in self.places:
            if place.person is person and (place.is_live or self.is_resumable(place)):
                self.end(place, "removed")

    def close(self) -> None:
        for place in self.live():
            self.end(place, "closed")
        for holding in self.holdings:
            holding.byes.add("closed")
        self.is_open = False

    # --- time -------------------------------------------------------------------------------------

    def tick(self, seconds: float) -> None:
        """Advance the time; the server reconciles once."""
        self.now += seconds
        if seconds > 5:  # the machine slept: every socket counts as heard now
            for holding in self.holdings:
                holding.heard_at = self.now
        for place in self.live():
            if place.ends_at is not None and place.ends_at <= self.now:
                self.end(place, "expired")
        for holding in list(self.holdings):
            if self.now - holding.heard_at > UNHEARD_AFTER:
                holding.byes.add("unheard")
                self.gone(holding, AWAY_GRACE)

    # --- chat -------------------------------------------------------------------------------------

    def read_by(self, place: Place) -> list[str]:
        """The chat that this seat may read, oldest first."""
        present = [line for line in self.chat if line.at >= self.gathered_at]
        return [line.text for line in present if line.to is None or place in (line.place, line.to)]
