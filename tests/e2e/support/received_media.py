"""Media that a page receives: decoded frames and audio energy, from the browser's own statistics."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

from tests.machine import wait_until

PATIENCE = 15.0  # seconds; most things come at once, but four people may share two cores
FLOW = 5  # pictures that make a flow
SECOND = 48_000  # samples
QUIET = 1e-6

Arrived = dict[str, Any]


class MediaObserver:
    """A page whose received media can be read through ``page_scripts/probe.js``."""

    nickname: str
    page: Page

    def until(self, probe: Callable[[], Any], what: str | Callable[[], str], within: float = PATIENCE) -> Any:
        """The first true value of ``probe``; ``what`` is said when none came."""
        try:
            return wait_until(probe, "", within)
        except AssertionError:
            words = what if isinstance(what, str) else what()
            raise AssertionError(f"{self.nickname}: after {within:g} s still no {words}") from None

    def arriving(self) -> dict[str, Arrived]:
        """Pictures and sound received until now, by nickname."""
        people = self.page.evaluate("probe.people()")
        return {person["nickname"]: person for person in people if not person["self"]}

    def screen_from(self, seat: str) -> Arrived | None:
        screens: list[Arrived] = self.page.evaluate("probe.screens()")
        return next((screen for screen in screens if screen["seat"] == seat), None)

    def pairs(self) -> list[dict[str, str]]:
        """Candidate types of the connections in use."""
        return list(self.page.evaluate("probe.pairs()"))

    def paths(self) -> list[list[str]]:
        """The two ends of each connection; every restart of ICE renames both."""
        return list(self.page.evaluate("probe.paths()"))

    def restart_ice(self) -> None:
        self.page.evaluate("probe.restartIce()")

    def media_flows_from(self, *others: MediaObserver) -> None:
        """From now on pictures are decoded and sound is heard from each of them."""
        Flow(self, others, _pictures, _sound).comes()

    def pictures_flow_from(self, *others: MediaObserver) -> None:
        Flow(self, others, _pictures).comes()

    def sound_flows_from(self, *others: MediaObserver) -> None:
        Flow(self, others, _sound).comes()

    def screen_flows_from(self, seat: str) -> None:
        before = self.until(lambda: self.screen_from(seat), "tile of the screen")
        self.until(lambda: _pictures(before, self.screen_from(seat) or before), "pictures of the screen")

    def silence_comes_from(self, other: MediaObserver) -> None:
        """A second of sound arrives in which nothing is to be heard."""
        self.until(lambda: self._second_is_silent(other.nickname), f"silence from {other.nickname}")

    def _second_is_silent(self, nickname: str) -> bool:
        before = self.arriving()[nickname]
        later = self.until(
            lambda: (now := self.arriving()[nickname])["samples"] >= before["samples"] + SECOND and now,
            f"packets of sound from {nickname}",
        )
        return bool(later["energy"] - before["energy"] < QUIET)

    def watch_pictures(self) -> None:
        """Begin to measure the longest time without a new frame, for everybody here."""
        self.page.evaluate("probe.watchPictures()")

    def longest_gap(self, other: MediaObserver) -> float:
        """In seconds."""
        return float(self.page.evaluate("name => probe.longestGap(name)", other.nickname)) / 1000


class Flow:
    """Media from others, from the moment this is made."""

    def __init__(
        self, viewer: MediaObserver, others: tuple[MediaObserver, ...], *kinds: Callable[[Arrived, Arrived], bool]
    ) -> None:
        self.viewer = viewer
        self.names = sorted(other.nickname for other in others)
        self.kinds = kinds
        self.before = viewer.until(self._arrived, f"tiles of {self.names}")

    def _arrived(self) -> dict[str, Arrived] | None:
        now = self.viewer.arriving()
        return {name: now[name] for name in self.names} if now.keys() >= set(self.names) else None

    def comes(self) -> None:
        self.viewer.until(self._all_grown, lambda: f"media: {self.before} then {self._arrived()}")

    def _all_grown(self) -> bool:
        now = self._arrived()
        if now is None:
            return False
        for name in self.names:
            if now[name]["samples"] < self.before[name]["samples"]:
                self.before[name] = now[name]  # a new connection, which counts from nothing
        return all(kind(self.before[name], now[name]) for name in self.names for kind in self.kinds)


def media_flows_between(*people: MediaObserver) -> None:
    """Each one sees and hears each other one."""
    flows = [
        Flow(person, tuple(other for other in people if other is not person), _pictures, _sound) for person in people
    ]
    for flow in flows:
        flow.comes()


def _pictures(before: Arrived, now: Arrived) -> bool:
    return bool(now["frames"] >= before["frames"] + FLOW and now["width"] > 0)


def _sound(before: Arrived, now: Arrived) -> bool:
    return bool(now["energy"] > before["energy"] + QUIET)
