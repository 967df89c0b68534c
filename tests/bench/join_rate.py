"""Measures joins per second, with seats in the database, when everyone joins at once until all rosters are complete."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median

from tests.bench import generator
from tests.bench.contestants import Lanai
from tests.bench.generator import Load, Phase
from tests.bench.tables import print_table, verdict
from tests.services import Postgres
from tests.stack import Stack

ROOMS, SIZE = 200, 4
IN_FLIGHT, ALL_AT_ONCE = 40, ROOMS * SIZE
LEAST, AIM = 200, 300

Found = dict[tuple[str, str, int], list[Phase]]


@contextmanager
def _stacks() -> Iterator[dict[tuple[str, str], Lanai]]:
    with (
        Postgres() as postgres,
        Stack("sqlite") as sqlite,
        Stack("postgres", DATABASE_URL=postgres.new_database()) as pooled,
        Stack("uvicorn", DATABASE_URL=postgres.new_database(), LANAI_SERVER="uvicorn") as uvicorn,
    ):
        for stack in (sqlite, pooled, uvicorn):
            stack.stop()
        yield {
            ("Daphne", "SQLite"): Lanai("Daphne, SQLite", sqlite, core=None),
            ("Daphne", "PostgreSQL"): Lanai("Daphne, PostgreSQL", pooled, core=None),
            ("uvicorn", "PostgreSQL"): Lanai("uvicorn, PostgreSQL", uvicorn, core=None),
        }


def measure(rounds: int) -> Found:
    found: Found = defaultdict(list)
    with generator.built() as binary, _stacks() as contestants:
        for _ in range(rounds):
            for (server, database), lanai in contestants.items():
                for in_flight in (IN_FLIGHT, ALL_AT_ONCE):
                    with lanai.running() as pids:
                        load = Load(lanai.clients(ROOMS, SIZE), SIZE, [f"join:{in_flight}"])
                        phase = generator.run(binary, load, pids, core=None)["join"]
                    found[server, database, in_flight].append(phase)
    return found


def print_tables(found: Found) -> None:
    rows = []
    for (server, database, in_flight), phases in found.items():
        rates = [ALL_AT_ONCE / phase["seconds"] for phase in phases]
        per_cpu = median(ALL_AT_ONCE / phase["server_cpu"] for phase in phases)
        complete = min(phase["complete"] for phase in phases)
        refused = sum(phase["refused"] + phase["closed"] + phase["errors"] for phase in phases)
        retried = sum(phase["retried"] for phase in phases)
        whole = complete == ALL_AT_ONCE and refused == 0
        reached = f"none refused: {verdict(whole)}"
        if in_flight == IN_FLIGHT:
            reached = f"{LEAST}, better {AIM}: {verdict(whole and median(rates) >= LEAST)}"
        rows.append([
            server, database, in_flight, len(phases), f"{median(rates):.0f} ({min(rates):.0f}–{max(rates):.0f})",
            f"{per_cpu:.0f}", f"{complete} of {ALL_AT_ONCE}", refused, retried, reached,
        ])  # fmt: skip
    heads = ["server", "database", "in flight", "rounds", "joins/s (worst–best)", "per second of its CPU"]
    heads += ["rosters complete", "refused, closed or failed", "told to try again", "aim"]
    print_table(f"{ALL_AT_ONCE} people join {ROOMS} rooms, a seat each, until every roster is complete", heads, rows)


def main(rounds: int) -> None:
    print_tables(measure(rounds))
