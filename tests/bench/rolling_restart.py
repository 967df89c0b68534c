"""Measures a rolling restart of two processes full of people: ``python -m tests.bench rolling``.

Each person does what static/js/call/socket.js does: waits as long as the bye says, dials another process (as the proxy
would), backs off when nothing answers, and sends hello with the same key. All must come back to the same seats.
"""

from __future__ import annotations

import asyncio
import json
import random
import secrets
import subprocess
import time
from collections import Counter
from typing import Any

import websockets
from websockets.exceptions import ConnectionClosed, WebSocketException

from tests.services import Postgres, Redis
from tests.stack import MANAGE, Stack

ROOM_SIZE = 4
CONNECT_AT_ONCE = 40
BACKOFF = (0.0, 0.3, 1.2, 2.7, 4.8, 7.0)
PATIENCE = 60
HEARTBEAT_SECONDS = 8
MAKE_PEOPLE = """
import secrets
from datetime import timedelta
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone
from accounts.models import User
from accounts.people import GUEST_KEY
from rooms.models import Room
owner, _ = User.objects.get_or_create(email="owner@example.org", defaults={{"nickname": "Olive"}})
ends = timezone.now() + timedelta(days=1)
for room in Room.objects.bulk_create([Room(owner=owner) for _ in range({rooms})]):
    for _ in range({size}):
        data = SessionStore().encode({{GUEST_KEY: secrets.token_hex(16)}})
        session = Session(session_key=secrets.token_hex(16), session_data=data, expire_date=ends)
        session.save()
        print("PERSON", room.slug, settings.SESSION_COOKIE_NAME + "=" + session.session_key)
"""


class Person:
    """One page's connection: dials, joins and reconnects until cancelled."""

    def __init__(self, number: int, slug: str, cookie: str, population: Population) -> None:
        self.slug, self.cookie, self.population = slug, cookie, population
        self.nickname, self.key, self.page = f"Person {number}", secrets.token_hex(16), secrets.token_hex(4)
        self.process, self.attempt, self.failures = number % 2, 0, 0
        self.seat = ""
        self.seated, self.seated_at = asyncio.Event(), 0.0
        self.roster: set[str] = set()

    async def run(self) -> None:
        while True:
            try:
                await self._connect_once()
            except (OSError, WebSocketException, TimeoutError):
                self.population.failed += 1
            self.seated.clear()
            self.process = 1 - self.process
            wait = BACKOFF[min(self.failures, len(BACKOFF) - 1)]
            await asyncio.sleep(wait * random.uniform(0.75, 1.25))
            self.failures += 1

    async def _connect_once(self) -> None:
        origin = self.population.origins[self.process]
        self.population.dialled.append(time.monotonic())
        dial = websockets.connect(
            f"{origin.replace('http', 'ws')}/ws/r/{self.slug}/",
            origin=websockets.Origin(origin), additional_headers={"Cookie": self.cookie}, compression=None,
        )  # fmt: skip
        async with dial as socket:
            self.attempt += 1
            who = {"key": self.key, "page": self.page, "attempt": self.attempt, "nickname": self.nickname}
            await socket.send(json.dumps({"type": "hello", **who, "mic": True, "cam": True}))
            heartbeats = asyncio.create_task(self._send_heartbeats(socket))
            try:
                while True:
                    await self._receive(json.loads(await socket.recv()))
            except ConnectionClosed as closed:
                self.population.codes[closed.rcvd.code if closed.rcvd else 1006] += 1
            finally:
                heartbeats.cancel()

    async def _send_heartbeats(self, socket: Any) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT_SECONDS)
            await socket.send('{"type":"ping"}')

    async def _receive(self, message: dict[str, Any]) -> None:
        match message["type"]:
            case "welcome":
                if self.seat not in ("", message["seat"]):
                    self.population.moved += 1
                self.seat, self.failures = message["seat"], 0
                self.roster = {seat["id"] for seat in message["seats"]}
                self.seated_at = time.monotonic()
                self.seated.set()
            case "seat.joined":
                self.roster.add(message["seat"]["id"])
            case "seat.left":
                self.roster.discard(message["id"])
            case "bye":
                self.population.byes[message["code"]] += 1
                await asyncio.sleep(message.get("retry_in", 0))


class Population:
    """All people, and what happened to them since ``reset_counts``."""

    def __init__(self, stack: Stack, count: int) -> None:
        self.origins = stack.origins
        made = subprocess.run(
            [*MANAGE, "shell", "-v0", "-c", MAKE_PEOPLE.format(rooms=count // ROOM_SIZE, size=ROOM_SIZE)],
            env=stack.processes[0].environment(), capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        lines = [line.split()[1:] for line in made.splitlines() if line.startswith("PERSON")]
        self.people = [Person(number, slug, cookie, self) for number, (slug, cookie) in enumerate(lines)]
        self.reset_counts()

    def reset_counts(self) -> None:
        self.dialled: list[float] = []
        self.codes: Counter[int] = Counter()
        self.byes: Counter[str] = Counter()
        self.moved = self.failed = 0

    async def all_seated(self) -> None:
        async with asyncio.timeout(PATIENCE):
            for person in self.people:
                await person.seated.wait()

    async def rosters_agree(self) -> None:
        inside: dict[str, set[str]] = {}
        for person in self.people:
            inside.setdefault(person.slug, set()).add(person.seat)
        async with asyncio.timeout(PATIENCE):
            while any(person.roster != inside[person.slug] for person in self.people):
                await asyncio.sleep(0.1)

    def peak(self) -> int:
        """The most dials within any second."""
        dialled = sorted(self.dialled)
        most = first = 0
        for last, moment in enumerate(dialled):
            while moment - dialled[first] > 1:
                first += 1
            most = max(most, last - first + 1)
        return most


async def join_all(population: Population) -> list[asyncio.Task[None]]:
    tasks = []
    for start in range(0, len(population.people), CONNECT_AT_ONCE):
        some = population.people[start : start + CONNECT_AT_ONCE]
        tasks += [asyncio.create_task(person.run()) for person in some]
        async with asyncio.timeout(PATIENCE):
            for person in some:
                await person.seated.wait()
    await population.rosters_agree()
    return tasks


async def restart(stack: Stack, population: Population, number: int) -> str:
    population.reset_counts()
    process, here = stack.processes[number], [one for one in population.people if one.process == number]
    seats = {person: person.seat for person in population.people}
    began = time.monotonic()
    await asyncio.to_thread(process.stop)
    stopped = time.monotonic() - began
    await population.all_seated()
    back = max(person.seated_at for person in here) - began
    await population.rosters_agree()
    agreed = time.monotonic() - began
    await asyncio.to_thread(process.start)
    same = sum(person.seat == seat for person, seat in seats.items())
    codes = ", ".join(f"{code}: {count}" for code, count in population.codes.items())
    return (
        f"| {number + 1} | {len(here)} | {codes} | {stopped:.1f} | {back:.1f} | {agreed:.1f} | {population.peak()}"
        f" | {population.failed} | {same} of {len(seats)} |"
    )


async def roll(stack: Stack, count: int) -> None:
    population = Population(stack, count)
    tasks = await join_all(population)
    print("| process | people on it | close codes | stopped, s | all back, s | rosters equal, s | peak dials/s"
          " | failed dials | same seat |\n|---|---|---|---|---|---|---|---|---|")  # fmt: skip
    for number in range(len(stack.processes)):
        print(await restart(stack, population, number), flush=True)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def main(count: int, server: str) -> None:
    with Redis() as redis, Postgres() as postgres:
        settings = {"DATABASE_URL": postgres.new_database(), "REDIS_URL": redis.url, "LANAI_SERVER": server}
        with Stack("rolling", processes=2, **settings) as stack:
            print(f"{count} people in rooms of {ROOM_SIZE}, two processes on {server}\n")
            asyncio.run(roll(stack, count))
            for line in stack.complaints():
                print("LOG:", line)
