"""A whole Lanai in a virtual internet, and people whose browsers run in networks of their own."""

from __future__ import annotations

import contextlib
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from playwright.sync_api import Browser, Playwright, sync_playwright

from config.lan.certificates import certificate_for
from tests.e2e.support import browsers
from tests.e2e.support.person import Person
from tests.e2e.support.received_media import media_flows_between
from tests.e2e.support.site_client import Room, SiteClient
from tests.e2e.support.voice import write_voice
from tests.machine import chromium, program
from tests.network.virtual_internet import SERVER, Network, VirtualInternet
from tests.services import Coturn, Postgres, Redis
from tests.stack import Stack

JOURNAL = Path(__file__).parent / "journal.js"
DECODED = Path(__file__).parent / "decoded.js"


class Lab:
    """Two web processes, PostgreSQL, Redis and coturn in one network, and the Playwright that starts browsers."""

    def __enter__(self) -> Self:
        with contextlib.ExitStack() as stack:
            self.internet = stack.enter_context(VirtualInternet())
            self.folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="lanai-lab-")))
            certificate, key = certificate_for(SERVER, self.folder)
            tls = {"TURN_TLS_CERTIFICATE": str(certificate), "TURN_TLS_KEY": str(key)}
            self.turn = stack.enter_context(Coturn(**tls))
            redis = stack.enter_context(Redis())
            postgres = stack.enter_context(Postgres())
            self.settings = {"DATABASE_URL": postgres.new_database(), "REDIS_URL": redis.url}
            self.lanai = stack.enter_context(self._new_lanai())
            self.playwright: Playwright = stack.enter_context(sync_playwright())
            self.voice = write_voice(self.folder / "voice.wav")
            self.owner = SiteClient(self.playwright, self.lanai.origins[0])
            stack.callback(self.owner.close)
            self.owner.sign_up("Olive")
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def _new_lanai(self) -> Stack:
        urls = [*self.turn.urls, f"turns:{SERVER}:{self.turn.tls_port}?transport=tcp"]
        relay = {"TURN_URLS": ",".join(urls), "TURN_SECRET": self.turn.secret}
        return Stack("networks", processes=2, host=SERVER, **self.settings, **relay)

    @property
    def web_ports(self) -> list[str]:
        return [origin.rpartition(":")[2] for origin in self.lanai.origins]

    def meeting(self) -> Meeting:
        return Meeting(self)


class Meeting:
    """One meeting: a room, and people who come to it."""

    def __init__(self, lab: Lab) -> None:
        self.lab = lab
        self.people: list[Person] = []
        self._browsers: list[Browser] = []
        self.room: Room = lab.owner.create_room()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for browser in self._browsers:
            with contextlib.suppress(Exception):
                browser.close()

    def person(self, nickname: str, network: Network, *devices: str) -> Person:
        """A person with a browser in that network and the room's page open."""
        browser = self._browser(network, *(devices or (browsers.FAKE_DEVICES, browsers.ALLOW_DEVICES)))
        context = browsers.new_context(browser, JOURNAL, DECODED)
        origins = self.lab.lanai.origins
        person = Person(nickname, context, origins[len(self.people) % len(origins)])
        self.people.append(person)
        person.open_room(self.room)
        return person

    def browser_of(self, person: Person) -> Browser:
        return self._browsers[self.people.index(person)]

    def _browser(self, network: Network, *devices: str) -> Browser:
        origins = ",".join(self.lab.lanai.origins)
        flags = [
            f"--unsafely-treat-insecure-origin-as-secure={origins}",  # a camera, without https
            "--ignore-certificate-errors",  # of the relay's TLS
            f"--use-file-for-fake-audio-capture={self.lab.voice}",
        ]
        made = browsers.launch(self.lab.playwright, *flags, *devices, executable=str(self._entrance(network)))
        self._browsers.append(made)
        return made

    def _entrance(self, network: Network) -> Path:
        """A script that starts the browser in that network."""
        script = self.lab.folder / f"chromium-{network.home.pid}"
        namespace = f"/proc/{network.home.pid}/ns/net"
        script.write_text(f'#!/bin/sh\nexec {program("nsenter")} --net={namespace} {chromium()} "$@"\n')
        script.chmod(0o755)
        return script


@dataclass
class Pair:
    """Ada and Grace in a call. Tests disturb Grace's network."""

    ada: Person
    grace: Person
    network: Network
    seats: tuple[str, str]
    connections: list[int]  # made until they met

    @classmethod
    def meet(cls, meeting: Meeting, adas: Network | None = None, graces: Network | None = None) -> Pair:
        internet = meeting.lab.internet
        graces = graces or internet.network()
        ada, grace = meeting.person("Ada", adas or internet.network()), meeting.person("Grace", graces)
        for person in (ada, grace):
            person.expects_error("WebSocket connection to")  # the browser logs every failed attempt
            person.join()
        media_flows_between(ada, grace)
        return cls(ada, grace, graces, (ada.seat, grace.seat), [_connections(person) for person in (ada, grace)])

    def are_as_before(self) -> None:
        """Each sees and hears the other, once, in the same seat, without having pressed anything."""
        media_flows_between(self.ada, self.grace)
        self.ada.sees(self.grace)
        self.grace.sees(self.ada)
        assert (self.ada.seat, self.grace.seat) == self.seats
        assert (self.grace.seat_of(self.ada), self.ada.seat_of(self.grace)) == self.seats

    def kept_their_connection(self) -> None:
        people = (self.ada, self.grace)
        assert [_connections(person) for person in people] == self.connections, "a connection was made anew"
        states = [state for person in people for _, state in journal(person)["states"]]
        assert "disconnected" not in states, "the contact was lost"


def _connections(person: Person) -> int:
    return int(person.page.evaluate("journal.count()"))


def journal(person: Person) -> dict[str, Any]:
    """The records of journal.js on the person's page."""
    return dict(person.page.evaluate("journal.pages"))
