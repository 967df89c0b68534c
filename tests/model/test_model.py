"""Rosters are true and nothing leaks, whatever people, networks and hosts do in any order."""

from __future__ import annotations

import pytest
from hypothesis.stateful import run_state_machine_as_test

from tests.model.hypothesis_settings import FACTOR, examples
from tests.model.state_machine import CallMachine


@pytest.mark.timeout(600 * FACTOR)
def test_every_roster_is_true_whatever_happens(stack, leaks, runner):
    class Machine(CallMachine):
        def __init__(self) -> None:
            super().__init__(stack, leaks, runner.run)

    run_state_machine_as_test(Machine, settings=examples(20, stateful_step_count=30))
