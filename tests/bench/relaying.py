"""Measures the signals per second that one core relays, and their delay, against socket.io and stock Channels."""

from __future__ import annotations

from collections import defaultdict
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from tests.bench import generator
from tests.bench.contestants import Contestant, Lanai, SocketIo, Stock
from tests.bench.generator import Load, Phase
from tests.bench.tables import print_table, verdict
from tests.services import Postgres, Redis
from tests.stack import Stack

ROOMS, SIZE = 250, 4
IN_FLIGHT = 40
PER_CLIENT = 1  # signals of each client that are always on their way while the relay is saturated
RATE = 500
DAPHNE, UVICORN, SOCKETIO, STOCK = "Lanai, Daphne", "Lanai, uvicorn", "socket.io 4", "stock consumer, Daphne"
LEAST = {DAPHNE: 0.45, UVICORN: 0.9}  # of socket.io's rate
P99_MOST = {DAPHNE: 1.5, UVICORN: 1.0}  # of socket.io's p99
LEAST_OF_STOCK = 5
LEAST_SPLIT = 3000

Rounds = dict[str, list[dict[str, Phase]]]


def measure(rounds: int, seconds: int) -> Rounds:
    """Every contestant once per round, one after the other, each in a process started for it."""
    with ExitStack() as until_end:
        stacks = {DAPHNE: Stack("daphne"), UVICORN: Stack("uvicorn", LANAI_SERVER="uvicorn")}
        for stack in stacks.values():
            until_end.enter_context(stack)
            stack.stop()
        contestants = [SocketIo(SOCKETIO), *(Lanai(name, stack) for name, stack in stacks.items()), Stock(STOCK)]
        return _play(contestants, rounds, [f"saturate:{seconds}:{PER_CLIENT}", f"pace:{RATE}:{seconds}"])


def measure_split(rounds: int, seconds: int) -> Rounds:
    """The people of each room spread over two processes with Redis, on whatever cores there are."""
    with Redis() as redis, Postgres() as postgres:
        settings = {"DATABASE_URL": postgres.new_database(), "REDIS_URL": redis.url}
        with Stack("split", processes=2, **settings) as daphne:
            daphne.stop()
            return _play([Lanai("Lanai, Daphne", daphne, core=None)], rounds, [f"saturate:{seconds}:{PER_CLIENT}"])


def _play(contestants: list[Contestant], rounds: int, phases: list[str]) -> Rounds:
    found: Rounds = defaultdict(list)
    with generator.built() as binary:
        for number in range(rounds):
            for contestant in contestants:
                with contestant.running() as pids:
                    found[contestant.name].append(_once(binary, contestant, pids, phases))
                print(f"round {number + 1}, {contestant.name}: {_rate(found[contestant.name][-1]):.0f}/s", flush=True)
    return found


def _once(binary: Path, contestant: Contestant, pids: list[int], phases: list[str]) -> dict[str, Phase]:
    clients = contestant.clients(ROOMS, SIZE)
    load = Load(clients, SIZE, [f"join:{IN_FLIGHT}", *phases], contestant.dialect)
    return generator.run(binary, load, pids, None if contestant.core is None else generator.CORE)


def _rate(phases: dict[str, Phase]) -> float:
    return float(phases["saturate"]["heard"] / phases["saturate"]["seconds"])


def _rates(found: Rounds, name: str) -> list[float]:
    return [_rate(phases) for phases in found[name]]


def _p99s(found: Rounds, name: str) -> list[float]:
    return [phases["pace"]["p99"] for phases in found[name]]


def _per_cpu(found: Rounds, name: str) -> list[float]:
    """Signals for each second of the server's own CPU: what it would relay with a core to itself.

    The ratios are made of these, because on a machine with other work a server gets only a part of its core.
    """
    return [phases["saturate"]["heard"] / phases["saturate"]["server_cpu"] for phases in found[name]]


def _ratios(ours: list[float], theirs: list[float]) -> list[float]:
    """Round by round, so that both sides of a ratio met the same machine."""
    return [own / other for own, other in zip(ours, theirs, strict=True)]


def _cpu(rounds: list[dict[str, Phase]], phase: str, whose: str) -> str:
    return f"{median(100 * one[phase][whose] / one[phase]['seconds'] for one in rounds):.0f}"


def _wrong(rounds: list[dict[str, Phase]], phase: str) -> str:
    return " ".join(str(sum(one[phase][what] for one in rounds)) for what in ("lost", "disordered", "forged", "errors"))


def print_saturated(found: Rounds) -> None:
    rows = []
    for name, rounds in found.items():
        rates = _rates(found, name)
        per_cpu = _per_cpu(found, name)
        socketio, stock = (_ratios(per_cpu, _per_cpu(found, peer)) for peer in (SOCKETIO, STOCK))
        reached = "-"
        if name in LEAST:
            reached = f"{LEAST[name]}, {LEAST_OF_STOCK}: "
            reached += verdict(median(socketio) >= LEAST[name] and median(stock) >= LEAST_OF_STOCK)
        rows.append([
            name, len(rounds), f"{median(rates):.0f} ({min(rates):.0f}–{max(rates):.0f})", f"{median(per_cpu):.0f}",
            f"{median(socketio):.2f} ({min(socketio):.2f}–{max(socketio):.2f})",
            f"{median(stock):.1f} ({min(stock):.1f})", _cpu(rounds, "saturate", "server_cpu"),
            _cpu(rounds, "saturate", "cpu"), _wrong(rounds, "saturate"), reached,
        ])  # fmt: skip
    heads = ["server", "rounds", "signals/s (worst–best)", "per second of its CPU", "/ socket.io", "/ stock"]
    heads += ["its CPU %", "generator's CPU %", "lost, disordered, forged, refused", "aim"]
    print_table(f"Relay, saturated: {ROOMS} rooms × {SIZE}, signals of 1.2 kB, one core", heads, rows)


def print_paced(found: Rounds) -> None:
    rows = []
    for name, rounds in found.items():
        p99s, ratios = _p99s(found, name), _ratios(_p99s(found, name), _p99s(found, SOCKETIO))
        most = P99_MOST.get(name)
        reached = f"{most}: {verdict(median(ratios) <= most)}" if most else "-"
        p50 = median(one["pace"]["p50"] for one in rounds)
        rows.append([
            name, len(rounds), f"{p50:.2f}", f"{median(p99s):.2f} ({max(p99s):.2f})",
            f"{median(ratios):.2f} ({max(ratios):.2f})", f"{max(one['pace']['max'] for one in rounds):.1f}",
            _cpu(rounds, "pace", "server_cpu"), _wrong(rounds, "pace"), reached,
        ])  # fmt: skip
    heads = ["server", "rounds", "p50 ms", "p99 ms (worst)", "p99 / socket.io", "slowest ms", "its CPU %"]
    heads += ["lost, disordered, forged, refused", "aim"]
    print_table(f"Relay, {RATE} signals a second over the same {ROOMS * SIZE} sockets", heads, rows)


def print_split(found: Rounds) -> None:
    rows = []
    for name, rounds in found.items():
        rates = _rates(found, name)
        lost = sum(one["saturate"]["lost"] for one in rounds)
        reached = f"{LEAST_SPLIT}, none lost: {verdict(min(rates) >= LEAST_SPLIT and not lost)}"
        figures = f"{median(rates):.0f} ({min(rates):.0f}–{max(rates):.0f})"
        rows.append([name, len(rounds), figures, _cpu(rounds, "saturate", "server_cpu"),
                     _cpu(rounds, "saturate", "cpu"), _wrong(rounds, "saturate"), reached])  # fmt: skip
    heads = ["server", "rounds", "signals/s (worst–best)", "both CPU %", "generator's CPU %"]
    heads += ["lost, disordered, forged, refused", "aim"]
    print_table("Two processes with Redis, each room spread over both", heads, rows)


def main(rounds: int, seconds: int) -> None:
    found = measure(rounds, seconds)
    print_saturated(found)
    print_paced(found)


def main_split(rounds: int, seconds: int) -> None:
    print_split(measure_split(rounds, seconds))
