"""Runs one meeting twice: over the wire and in the reference model. Answers are compared at once, rosters after the
time within which they must agree."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass
from typing import Any

from tests.model.clocked_stack import ClockedStack
from tests.model.connection import Connection
from tests.model.observers import GreenRoomObserver, Observer, RoomListObserver
from tests.model.reference_model import AWAY_GRACE, RELOAD_GRACE, ChatLine, ExpectedRoom, Holding, Person, Place, Tab

ANTI_ENTROPY_SECONDS = 10
LONG = 5  # previewers send peek again before
TIMELESS = ("id", "nickname", "role", "guest", "mic", "cam", "screen", "away", "epoch")


@dataclass(eq=False)
class Seated:
    """A person's socket, over the wire and in the reference model."""

    line: Connection
    holding: Holding
    process: int


@dataclass
class Sent:
    """A signal that was sent and not yet received."""

    sender: str
    to: str


class Meeting:
    def __init__(self, stack: ClockedStack, capacity: int) -> None:
        self.stack = stack
        made = stack.processes[0].use("new_room", capacity=capacity)
        self.slug: str = made["slug"]
        self.owner: str = made["owner"]
        self.expected = ExpectedRoom(capacity, stack.now)
        self.tabs: list[Tab] = []
        self.seated: list[Seated] = []
        self.bystanders: list[Connection] = []  # sockets of other rooms, which stay alive as time passes
        self.observers: list[Observer] = []
        self.sent: list[Sent] = []

    async def be_watched(self, process: int) -> None:
        """Add an observer in the green room, and the owner with the list of rooms open."""
        server = self.stack.processes[process]
        guest, owner = self.person_of("looker"), self.person_of("owner", owner=True)
        self.observers += [GreenRoomObserver(server, self.slug, guest.cookie), RoomListObserver(server, owner.cookie)]
        for observer in self.observers:
            await observer.come_back(self.expected)

    # --- sockets ----------------------------------------------------------------------------------

    async def dial(self, process: int, tab: Tab) -> Seated:
        line = Connection()
        await line.open(self.stack.processes[process].origin, f"/ws/r/{self.slug}/", tab.person.cookie)
        holding = Holding(tab, self.expected.now)
        self.expected.holdings.append(holding)
        return Seated(line, holding, process)

    async def hello(self, process: int, tab: Tab, attempt: int | None = None) -> Seated | None:
        """Take a seat on a new socket; None where that is refused, as the model says it should be."""
        if not self.expected.is_open:
            await self._find_closed(process, tab)
            return None
        seated = await self.dial(process, tab)
        if attempt is None:
            tab.attempt += 1
        number = tab.attempt if attempt is None else attempt
        answer = await seated.line.ask(
            "hello", key=tab.key, page=tab.page, attempt=number, nickname=tab.nickname, mic=True, cam=True
        )
        place = self.expected.hello(seated.holding, number)
        if isinstance(place, str):
            assert answer.get("code") == place, f"{answer} where {place} was expected"
            self.expected.gone(seated.holding, AWAY_GRACE)
            await seated.line.close()
            return None
        assert answer["type"] == "ack", f"{answer} where a seat was expected"
        self._check_seat(place, seated.line)
        self.seated.append(seated)
        return seated

    async def seat(self, name: str, process: int = 0) -> Seated:
        """A new person, who must get a seat."""
        seated = await self.hello(process, self.new_tab(self.person_of(name), name))
        assert seated is not None
        return seated

    async def _find_closed(self, process: int, tab: Tab) -> None:
        line = Connection()
        await line.open(self.stack.processes[process].origin, f"/ws/r/{self.slug}/", tab.person.cookie)
        assert await line.closed() == 4404
        assert line.bye is not None and line.bye["code"] == "no_such_room"

    def _check_seat(self, place: Place, line: Connection) -> None:
        if place.id:
            assert line.seat == place.id, "another seat where this one should have been given back"
        else:
            assert line.seat not in [known.id for known in self.expected.places]
            place.id = line.seat
        self._check_roster(line.welcome["seats"], "the snapshot")
        assert [said["text"] for said in line.welcome["chat"]] == self.expected.read_by(place)

    async def lose(self, seated: Seated, grace: int = AWAY_GRACE) -> None:
        """Cut the socket; the server notices, and the seat is away."""
        held = seated.holding.seat if seated.holding.holds else None
        await (seated.line.drop() if grace == AWAY_GRACE else seated.line.close())
        self.expected.gone(seated.holding, grace)
        self.seated.remove(seated)
        if held is not None:
            self.stack.processes[seated.process].ask("until_away", id=held.id)

    async def reload(self, seated: Seated) -> None:
        """Reload: the old page's socket closes, and the new page has another `page`."""
        await self.lose(seated, RELOAD_GRACE)
        seated.holding.tab.page = secrets.token_hex(4)

    async def leave(self, seated: Seated) -> None:
        answer = await seated.line.ask("leave")
        assert answer["type"] == "bye" and answer["code"] == "left", answer
        assert await seated.line.closed() == 1000
        if seated.holding.holds and seated.holding.seat is not None:
            self.expected.end(seated.holding.seat, "left")
        self.expected.gone(seated.holding, AWAY_GRACE)
        self.seated.remove(seated)

    # --- time -------------------------------------------------------------------------------------

    async def tick(self, seconds: float) -> None:
        await self.beat()
        if seconds > LONG:
            for observer in self.observers:
                await observer.look()
        self.stack.tick(seconds)
        self.expected.tick(seconds)
        await self._part_with_dismissed()

    async def beat(self) -> None:
        lines = [*self.bystanders, *(observer.line for observer in self.observers)]
        for seated in self.seated:
            if not seated.holding.is_frozen:
                lines.append(seated.line)
                seated.holding.heard_at = self.expected.now
        await asyncio.gather(*(line.beat() for line in lines if line.is_open))

    async def _part_with_dismissed(self) -> None:
        """Sockets that the server must have closed by now, of its own accord or because they were silent."""
        for seated in list(self.seated):
            if seated.holding not in self.expected.holdings:
                await self._check_goodbye(seated)

    async def _check_goodbye(self, seated: Seated) -> None:
        await seated.line.closed()
        bye, may = seated.line.bye, seated.holding.byes
        assert bye is not None, f"closed with {seated.line.close_code} and no goodbye"
        assert bye["code"] in may, f"{bye} where one of {may} was expected"
        self.expected.gone(seated.holding, AWAY_GRACE)
        self.seated.remove(seated)

    async def converge(self) -> None:
        """Whatever was lost: this long after the last change every roster equals the table, and the table equals the
        reference model."""
        for observer in self.observers:
            await observer.come_back(self.expected)
        quiet, before = 0, self._people()
        while quiet < ANTI_ENTROPY_SECONDS:
            await self.tick(1)
            quiet, before = (quiet + 1 if self._people() == before else 0), self._people()
        await self.beat()
        for observer in self.observers:
            await observer.check(self.expected)
        for seated in list(self.seated):
            if not seated.holding.holds:
                await self._check_goodbye(seated)
        truth = self.stack.processes[0].use("roster", slug=self.slug)
        self._check_roster(truth, "the table")
        for seated in self.seated:
            if not seated.holding.is_frozen:
                self._check_line(seated, truth)

    def _people(self) -> list[dict[str, Any]]:
        return [place.on_wire() for place in self.expected.live()]

    def _check_line(self, seated: Seated, truth: list[dict[str, Any]]) -> None:
        assert seated.line.is_open, f"closed with {seated.line.bye}"
        assert seated.line.roster.seats == {seat["id"]: seat for seat in truth}
        assert seated.line.room["name"] == self.expected.name
        self.check_heard(seated)

    def _check_roster(self, seats: list[dict[str, Any]], where: str) -> None:
        found = {seat["id"]: {name: seat[name] for name in TIMELESS} | {"hand": bool(seat["hand"])} for seat in seats}
        expected = {place.id: place.on_wire() for place in self.expected.live()}
        assert found == expected, f"{where}: {found} where {expected} was expected"

    def check_heard(self, seated: Seated) -> None:
        """Every message on this socket was addressed to it and names its true sender."""
        me = seated.line.seat
        everybody = {place.id for place in self.expected.places}
        for message in seated.line.heard:
            if message["type"] == "signal":
                sent = self.sent[message["data"]["n"]]
                assert (message["from"], me) == (sent.sender, sent.to)
            elif message["type"] == "reaction":
                assert message["from"] in everybody
            elif message["type"] == "chat":
                said = message["line"]
                assert said["seat"] in everybody
                assert said["to"] is None or me in (said["to"], said["seat"])
        seated.line.heard.clear()

    # --- what people say --------------------------------------------------------------------------

    async def ask(self, seated: Seated, type: str, **fields: Any) -> dict[str, Any]:
        """Send a request as a page does: after ``too_many`` it waits and sends it again."""
        answer = await seated.line.ask(type, **fields)
        while answer.get("code") == "too_many" and seated.line.is_open:
            await self.tick(2)
            answer = await seated.line.ask(type, **fields)
        return answer

    async def signal(self, seated: Seated, to: str) -> dict[str, Any]:
        self.sent.append(Sent(seated.line.seat, to))
        data = {"n": len(self.sent) - 1}
        return await self.ask(seated, "signal", to=to, epochs=[1, 1], data=data)

    async def hears_last_signal(self, seated: Seated) -> None:
        number = len(self.sent) - 1
        await seated.line.until(
            lambda: any(message.get("data") == {"n": number} for message in seated.line.heard), "signal"
        )

    async def switch(self, seated: Seated, **change: bool) -> None:
        answer = await self.ask(seated, "state", **change)
        place = seated.holding.seat
        assert place is not None
        if not seated.holding.holds:
            assert answer["code"] in {"not_joined", *seated.holding.byes}, answer
            return
        assert answer["type"] == "ack", answer
        for name, value in change.items():
            setattr(place, name, value)

    async def be_called(self, seated: Seated, nickname: str) -> None:
        """Change the nickname; the page then sends it in every hello."""
        answer = await self.ask(seated, "nickname", nickname=nickname)
        place = seated.holding.seat
        assert place is not None
        if not seated.holding.holds:
            assert answer["code"] in {"not_joined", *seated.holding.byes}, answer
        elif self.expected.is_taken(nickname, place):
            assert answer["code"] == "nickname_taken", answer
        else:
            assert answer["type"] == "ack", answer
            place.nickname = place.tab.nickname = nickname

    async def chat(self, seated: Seated, text: str, ref: str, to: Place | None = None) -> None:
        """Send a line, perhaps one that was sent before: then the first stays."""
        fields = {"to": to.id} if to else {}
        answer = await self.ask(seated, "chat", text=text, ref=ref, **fields)
        place = seated.holding.seat
        assert place is not None
        if not seated.holding.holds:
            assert answer["code"] in {"not_joined", *seated.holding.byes}, answer
        elif to is not None and (to is place or not to.is_live):
            assert answer["code"] == "no_such_seat", answer
        else:
            assert answer["type"] == "ack", answer
            if not any((line.place, line.ref) == (place, ref) for line in self.expected.chat):
                self.expected.chat.append(ChatLine(place, ref, text, to, self.expected.now))

    async def remove(self, by: Seated, target: str) -> None:
        answer = await self.ask(by, "moderate", act="remove", seat=target)
        present = [place for place in self.expected.places if place.is_live or self.expected.is_resumable(place)]
        place = next((place for place in present if place.id == target), None)
        if not by.holding.holds:
            assert answer["code"] in {"not_joined", *by.holding.byes}, answer
        elif not by.holding.tab.person.is_owner or (place is not None and place.person.is_owner):
            assert answer["code"] == "not_allowed", answer
        elif place is None:
            assert answer["code"] == "no_such_seat", answer
        else:
            assert answer["type"] == "ack", answer
            self.expected.remove(place.person)

    # --- the room ---------------------------------------------------------------------------------

    def rename(self, process: int, name: str) -> None:
        self.stack.processes[process].use("rename_room", slug=self.slug, name=name)
        self.expected.name = name

    def close(self, process: int) -> None:
        self.stack.processes[process].use("close_room", slug=self.slug)
        self.expected.close()

    def reopen(self, process: int) -> None:
        self.stack.processes[process].use("reopen_room", slug=self.slug)
        self.expected.is_open = True

    def person_of(self, name: str, *, owner: bool = False) -> Person:
        return Person(name, self.stack.processes[0].use("new_session", email=self.owner if owner else ""), owner)

    def new_tab(self, person: Person, nickname: str) -> Tab:
        tab = Tab(person, secrets.token_hex(16), secrets.token_hex(4), nickname)
        self.tabs.append(tab)
        return tab
