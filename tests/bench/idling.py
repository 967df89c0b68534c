"""Measures memory, writes and CPU of thousands of idle people who only send heartbeats."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import psycopg

from tests.bench import generator
from tests.bench.contestants import Lanai
from tests.bench.generator import Load, Phase
from tests.bench.processes import memory_kib, raise_file_limit
from tests.bench.tables import print_table, verdict
from tests.services import Postgres, Redis
from tests.stack import Stack

ROOMS, SIZE, PROCESSES = 1250, 4, 2
SEATS = ROOMS * SIZE
IN_FLIGHT = 40
SETTLE_SECONDS = 10  # for work that the joins have left
BEAT_SECONDS = 5
MOST_KIB, MOST_CPU = 45, 15
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE)\b")


class CountingPostgres(Postgres):
    """PostgreSQL that counts every statement."""

    def command(self) -> list[str]:
        return [*super().command(), "--shared_preload_libraries=pg_stat_statements"]


@dataclass
class Watch:
    """Figures of the servers at the beginning of each phase: memory in KiB, statements and writes so far."""

    pids: list[int]
    database: str
    memory: dict[str, int] = field(default_factory=dict)
    writes: dict[str, int] = field(default_factory=dict)
    statements: dict[str, int] = field(default_factory=dict)

    def look(self, phase: str) -> None:
        self.memory[phase] = sum(map(memory_kib, self.pids))
        with psycopg.connect(self.database) as connection:
            counted = connection.execute("SELECT query, calls FROM pg_stat_statements").fetchall()
        self.statements[phase] = sum(calls for _, calls in counted)
        self.writes[phase] = sum(calls for query, calls in counted if WRITES.match(query))


def measure(minutes: float) -> tuple[Phase, Watch]:
    raise_file_limit()
    with CountingPostgres() as postgres, Redis() as redis, generator.built() as binary:
        settings = {"DATABASE_URL": postgres.new_database(), "REDIS_URL": redis.url}
        settings["LANAI_SOCKETS_PER_ADDRESS"] = str(2 * SEATS)  # all come from this machine
        with psycopg.connect(settings["DATABASE_URL"]) as connection:
            connection.execute("CREATE EXTENSION pg_stat_statements")
        with (
            Stack("idle", processes=PROCESSES, **settings) as stack,
            Lanai("Lanai", stack, core=None).running() as pids,
        ):
            watch = Watch(pids, settings["DATABASE_URL"])
            clients = Lanai("Lanai", stack, core=None).clients(ROOMS, SIZE)
            phases = [f"join:{IN_FLIGHT}", f"settle:{SETTLE_SECONDS}", f"hold:{60 * minutes}", "linger:1"]
            done = generator.run(binary, Load(clients, SIZE, phases), pids, core=None, on_begin=watch.look)
            return done["hold"], watch


def print_tables(hold: Phase, watch: Watch) -> None:
    each = (watch.memory["linger"] - watch.memory["join"]) / SEATS
    share = 100 * hold["server_cpu"] / hold["seconds"] / PROCESSES
    beats = PROCESSES * hold["seconds"] / BEAT_SECONDS
    writes = (watch.writes["linger"] - watch.writes["hold"]) / beats
    statements = (watch.statements["linger"] - watch.statements["hold"]) / hold["seconds"] / PROCESSES
    dropped = hold["closed"] + hold["errors"] + SEATS - hold["joined"]
    rows = [
        ["memory per seat", f"{each:.1f} KiB", f"{MOST_KIB} KiB: {verdict(each <= MOST_KIB)}"],
        ["writes per process and beat", f"{writes:.2f}", f"1: {verdict(writes < 1.1)}"],
        ["statements per process and second, with the sweep's", f"{statements:.1f}", "-"],
        ["share of a core per process", f"{share:.1f} %", f"{MOST_CPU} %: {verdict(share <= MOST_CPU)}"],
        ["sockets dropped", f"{dropped} of {SEATS}", f"0: {verdict(dropped == 0)}"],
        ["share of a core for the generator", f"{100 * hold['cpu'] / hold['seconds']:.1f} %", "-"],
    ]
    title = f"{SEATS} people sit in {ROOMS} rooms of {PROCESSES} processes for {hold['seconds'] / 60:.1f} minutes"
    print_table(title, ["what", "measured", "at most"], rows)


def main(minutes: float) -> None:
    print_tables(*measure(minutes))
