"""Prints results as Markdown tables."""

from __future__ import annotations

import os
from collections.abc import Iterable


def print_table(title: str, heads: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    heads = list(heads)
    print(f"\n{title}\n")
    print(f"| {' | '.join(heads)} |")
    print("|---" * len(heads) + "|")
    for row in rows:
        print(f"| {' | '.join(map(str, row))} |", flush=True)


def verdict(reached: bool) -> str:
    return "reached" if reached else "missed"


def machine() -> str:
    loads = " ".join(f"{load:.2f}" for load in os.getloadavg())
    return f"{os.cpu_count()} cores, load {loads}"
