"""Measures Lanai and prints tables. ``make bench`` runs all parts, ``python -m tests.bench PART...`` some."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from tests.bench import (
    chatting,
    frame_gaps,
    hostile,
    idling,
    join_rate,
    meetings,
    networks,
    relaying,
    rolling_restart,
    simultaneous_joins,
    smoothness,
)
from tests.bench.tables import machine

PARTS: dict[str, Callable[[argparse.Namespace], None]] = {
    "meetings": lambda chosen: meetings.main(chosen.runs),
    "relay": lambda chosen: relaying.main(chosen.rounds, chosen.seconds),
    "split": lambda chosen: relaying.main_split(chosen.rounds, chosen.seconds),
    "joins": lambda chosen: join_rate.main(chosen.rounds),
    "chat": lambda chosen: chatting.main(),
    "smooth": lambda chosen: smoothness.main(),
    "idle": lambda chosen: idling.main(chosen.minutes),
    "rolling": lambda chosen: rolling_restart.main(chosen.people, chosen.server),
    "gaps": lambda chosen: frame_gaps.main(chosen.runs),
    "hostile": lambda chosen: hostile.main(),
    "together": lambda chosen: simultaneous_joins.main(chosen.runs),
    "networks": lambda chosen: networks.main(chosen.cases, chosen.runs),
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)}; without any, all")
    parser.add_argument("--runs", type=int, default=10, help="meetings, gaps, together, networks: of each case")
    parser.add_argument("--rounds", type=int, default=5, help="relay, split, joins: how often each server is measured")
    parser.add_argument("--seconds", type=int, default=4, help="relay, split: how long each time")
    parser.add_argument("--minutes", type=float, default=10, help="idle: how long")
    parser.add_argument("--people", type=int, default=1_000, help="rolling: how many")
    parser.add_argument("--server", choices=["daphne", "uvicorn"], default="daphne", help="rolling: which")
    parser.add_argument("--cases", nargs="*", default=[], choices=list(networks.CASES), help="networks: which")
    chosen = parser.parse_args()
    if unknown := set(chosen.parts) - PARTS.keys():
        parser.error(f"there is no part {', '.join(unknown)}")
    for part in chosen.parts or PARTS:
        print(f"\n=== {part} ({machine()})", flush=True)
        PARTS[part](chosen)


if __name__ == "__main__":
    main()
