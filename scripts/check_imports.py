"""Contract for import-linter that forbids import circles between modules.

import-linter's own `acyclic_siblings` compares folders, and so misses a module that imports the package it is in while
that package's `__init__` imports the module.
"""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, output


class NoCircles(Contract):
    """Contract that is broken by any circle of imports. It reports one circle at a time."""

    type_name = "no_circles"

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        circle = find_circle({module: graph.find_modules_directly_imported_by(module) for module in graph.modules})
        return ContractCheck(kept=not circle, metadata={"circle": circle})

    def render_broken_contract(self, check: ContractCheck) -> None:
        first, *others = check.metadata["circle"]
        output.print_error(first)
        for module in others:
            output.print_error(f"  imports {module}")
        output.new_line()


def find_circle(imports: dict[str, set[str]]) -> list[str]:
    """Return one circle, each node followed by one it imports, the first again at the end; empty if there is none."""
    ordered = {importer: sorted(imports[importer]) for importer in sorted(imports)}
    try:
        TopologicalSorter(ordered).prepare()
    except CycleError as error:
        # The sorter lists each node before its dependent.
        return list(reversed(error.args[1]))
    return []
