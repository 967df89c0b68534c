from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Cast, one_stack
from tests.e2e.senses import everybody_meets
from tests.e2e.visitor import Room

HOSTILE_WIRE = Path(__file__).parent / "hostile_wire.js"
HEALED_SECONDS = 40  # eight of hostility, and two rounds of the ladder of repair


@one_stack
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_people_meet_over_a_wire_that_loses_doubles_and_shuffles_their_signals(people: Cast, room: Room, seed: int):
    trio = [people(name, HOSTILE_WIRE) for name in ("Ada", "Grace", "Linus")]
    for number, person in enumerate(trio):
        person.open(f"{room.path}?seed={10 * seed + number}")
        person.join()
    for person in trio:
        for other in trio:
            if other is not person:
                expect(person.tile(other)).to_have_attribute("data-pair", "connected", timeout=HEALED_SECONDS * 1000)
    everybody_meets(*trio)
