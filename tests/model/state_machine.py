"""Actions of people, networks and hosts in any order, as a state machine for hypothesis."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from tests.model.clocked_stack import ClockedStack
from tests.model.leaks import Leaks
from tests.model.meeting import Meeting, Seated
from tests.model.reference_model import RELOAD_GRACE, Person
from tests.model.unreliable_layer import Mode

CAPACITY = 3
NAMES = st.sampled_from(["Ada", "ada", "Grace", "Linus"])
PROCESS = st.integers(0, 1)
ANY = st.integers(0, 11)  # picks one of the existing items
MALFORMED = st.sampled_from(
    ["", "{", "[]", '{"type":"nope"}', '{"type":"state","role":"host"}', '{"type":"chat"}', b"\x00\xff"]
)


def seated(machine: CallMachine) -> bool:
    return bool(machine.awake())


def signed_up(machine: CallMachine) -> bool:
    return bool(machine.meeting.tabs)


class CallMachine(RuleBasedStateMachine):
    def __init__(self, stack: ClockedStack, leaks: Leaks, run: Callable[[Coroutine[Any, Any, Any]], Any]) -> None:
        super().__init__()
        self.stack, self.leaks, self.run = stack, leaks, run

    @initialize()
    def begin(self) -> None:
        self.meeting, self.other = Meeting(self.stack, CAPACITY), Meeting(self.stack, CAPACITY)
        self.people = [self.meeting.person_of(f"person {n}", owner=n == 0) for n in range(4)]
        self.run(self._surround())
        self._gather()

    def _gather(self) -> None:
        """Seat two people, one at each process, so that the rules have somebody to act on."""
        for process, nickname in enumerate(("Olive", "Otto")):
            tab = self.meeting.new_tab(self.people[process], nickname)
            self.run(self.meeting.hello(process, tab))

    async def _surround(self) -> None:
        """Add observers, and a person in another room."""
        await self.meeting.be_watched(process=1)
        self.stranger = await self.other.seat("Stranger", process=1)
        self.meeting.bystanders.append(self.stranger.line)

    def awake(self) -> list[Seated]:
        return [seated for seated in self.meeting.seated if not seated.holding.is_frozen]

    def _one(self, number: int) -> Seated:
        return self.awake()[number % len(self.awake())]

    # --- coming and going -------------------------------------------------------------------------

    @rule(person=ANY, nickname=NAMES, process=PROCESS)
    def join(self, person: int, nickname: str, process: int) -> None:
        whose: Person = self.people[person % len(self.people)]
        self.run(self.meeting.hello(process, self.meeting.new_tab(whose, nickname)))

    @precondition(signed_up)
    @rule(tab=ANY, process=PROCESS)
    def resume(self, tab: int, process: int) -> None:
        """Say hello with the same key, whether its socket is lost or open, or its seat has ended."""
        tabs = self.meeting.tabs
        self.run(self.meeting.hello(process, tabs[tab % len(tabs)]))

    @precondition(signed_up)
    @rule(tab=ANY, process=PROCESS)
    def resume_late(self, tab: int, process: int) -> None:
        """A delayed hello that a later one has overtaken."""
        late = self.meeting.tabs[tab % len(self.meeting.tabs)]
        if late.attempt > 1:
            self.run(self.meeting.hello(process, late, attempt=late.attempt - 1))

    @precondition(seated)
    @rule(who=ANY, process=PROCESS)
    def reload(self, who: int, process: int) -> None:
        one = self._one(who)
        self.run(self.meeting.reload(one))
        self.run(self.meeting.hello(process, one.holding.tab))

    @precondition(seated)
    @rule(who=ANY)
    def leave(self, who: int) -> None:
        one = self._one(who)
        if one.holding.holds:
            self.run(self.meeting.leave(one))

    @precondition(seated)
    @rule(who=ANY)
    def crash(self, who: int) -> None:
        self.run(self.meeting.lose(self._one(who)))

    @precondition(seated)
    @rule(who=ANY)
    def close_tab(self, who: int) -> None:
        self.run(self.meeting.lose(self._one(who), RELOAD_GRACE))

    @precondition(seated)
    @rule(who=ANY)
    def freeze(self, who: int) -> None:
        """A stopped process or a sleeping laptop: the socket stays open and sends nothing."""
        one = self._one(who)
        self.run(self.meeting.beat())
        one.holding.is_frozen = True

    # --- saying -----------------------------------------------------------------------------------

    @precondition(seated)
    @rule(who=ANY, whom=ANY)
    def signal(self, who: int, whom: int) -> None:
        one, other = self._one(who), self._one(whom)
        answer = self.run(self.meeting.signal(one, other.line.seat))
        quiet = one.holding.holds and other.holding.holds and one.process == other.process
        if quiet and answer["type"] == "ack":
            self.run(self.meeting.hears_last_signal(other))

    @precondition(seated)
    @rule(who=ANY, to=st.sampled_from(["stranger", "unknown", "self"]))
    def signal_astray(self, who: int, to: str) -> None:
        one = self._one(who)
        seat = {"stranger": self.stranger.line.seat, "unknown": "0" * 16, "self": one.line.seat}[to]
        answer = self.run(self.meeting.signal(one, seat))
        if to != "self" and one.line.is_open:
            assert answer["code"] == "no_such_seat", answer

    @precondition(seated)
    @rule(who=ANY, name=st.sampled_from(["mic", "cam", "screen", "hand"]), on=st.booleans())
    def switch(self, who: int, name: str, on: bool) -> None:
        self.run(self.meeting.switch(self._one(who), **{name: on}))

    @precondition(seated)
    @rule(who=ANY, nickname=NAMES)
    def be_called(self, who: int, nickname: str) -> None:
        self.run(self.meeting.be_called(self._one(who), nickname))

    @precondition(seated)
    @rule(who=ANY, ref=st.sampled_from(["c1", "c2", "c3"]), whom=st.none() | ANY)
    def chat(self, who: int, ref: str, whom: int | None) -> None:
        """A line sent again with the same ref is the same line."""
        one = self._one(who)
        to = None if whom is None else self._one(whom).holding.seat
        self.run(self.meeting.chat(one, f"{ref} of {one.line.seat}", ref, to))

    @precondition(seated)
    @rule(who=ANY, emoji=st.sampled_from(["👍", "🎉", "no"]))
    def react(self, who: int, emoji: str) -> None:
        one = self._one(who)
        answer = self.run(self.meeting.ask(one, "reaction", emoji=emoji))
        assert answer["type"] == "ack" or answer["code"] in {"bad_message", *one.holding.byes}, answer

    @precondition(seated)
    @rule(who=ANY, frame=MALFORMED)
    def talk_nonsense(self, who: int, frame: str | bytes) -> None:
        self.run(self._talk_nonsense(self._one(who), frame))

    async def _talk_nonsense(self, one: Seated, frame: str | bytes) -> None:
        def refused() -> bool:
            return any(message.get("code") == "bad_message" for message in one.line.heard)

        await one.line.send(frame)
        await one.line.until(lambda: refused() or not one.line.is_open, "refusal")
        one.line.heard = [message for message in one.line.heard if message["type"] != "error"]

    # --- hosting ----------------------------------------------------------------------------------

    @precondition(seated)
    @rule(who=ANY, whom=ANY, stranger=st.booleans())
    def remove(self, who: int, whom: int, stranger: bool) -> None:
        target = self.stranger if stranger else self._one(whom)
        self.run(self.meeting.remove(self._one(who), target.line.seat))

    @rule(process=PROCESS, name=st.sampled_from(["Monday", "Tuesday"]))
    def rename(self, process: int, name: str) -> None:
        self.meeting.rename(process, name)

    @precondition(lambda self: len(self.awake()) > 1)
    @rule(process=PROCESS, other=PROCESS)
    def close_and_reopen(self, process: int, other: int) -> None:
        self.meeting.close(process)
        self.run(self.meeting.converge())
        self.run(self.meeting.hello(other, self.meeting.tabs[0]))
        self.meeting.reopen(other)
        self._gather()

    @precondition(lambda self: not seated(self))
    @rule()
    def gather(self) -> None:
        self._gather()

    # --- time and the network between processes ---------------------------------------------------

    @rule(seconds=st.sampled_from([1, 2, 3]), times=st.integers(1, 6))
    def wait(self, seconds: int, times: int) -> None:
        for _ in range(times):
            self.run(self.meeting.tick(seconds))

    @rule(minutes=st.sampled_from([1, 9, 11]))
    def sleep(self, minutes: int) -> None:
        """The machine of the server sleeps, or its clock is set."""
        self.run(self.meeting.tick(60 * minutes))

    @rule(mode=st.sampled_from(["pass", "lose", "hold"]), process=PROCESS)
    def change_mode(self, mode: Mode, process: int) -> None:
        self.stack.processes[process].ask("mode", mode=mode)

    @rule()
    def converge(self) -> None:
        self.run(self.meeting.converge())

    # --- the end ----------------------------------------------------------------------------------

    def teardown(self) -> None:
        if not hasattr(self, "stranger"):
            return
        try:
            self.run(self.meeting.converge())
            self.run(self._check_stranger())
        finally:
            self.run(self._go_home())
        self.leaks.check(self.meeting.slug, self.other.slug)

    async def _check_stranger(self) -> None:
        await self.stranger.line.beat()
        me = self.stranger.line.seat
        assert list(self.stranger.line.roster.seats) == [me]
        for message in self.stranger.line.heard:
            assert message["type"] == "welcome" or message["seat"]["id"] == me, message

    async def _go_home(self) -> None:
        self.stack.all("mode", mode="pass")
        lines = [one.line for one in [*self.meeting.seated, *self.other.seated]]
        lines += [observer.line for observer in self.meeting.observers]
        for line in lines:
            if line.is_open:
                await line.drop()
