from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.support.page_scripts import UNRELIABLE_SIGNALING
from tests.e2e.support.people import People
from tests.e2e.support.received_media import media_flows_between
from tests.e2e.support.site_client import Room
from tests.e2e.support.stacks import one_stack

HEALED_SECONDS = 40  # eight of unreliable signaling, and two rounds of the recovery policy


@one_stack
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_media_flows_although_signals_are_lost_doubled_and_reordered(people: People, room: Room, seed: int):
    trio = [people(name, UNRELIABLE_SIGNALING) for name in ("Ada", "Grace", "Linus")]
    for number, person in enumerate(trio):
        person.open(f"{room.path}?seed={10 * seed + number}")
        person.join()
    for person in trio:
        for other in trio:
            if other is not person:
                expect(person.tile(other)).to_have_attribute("data-pair", "connected", timeout=HEALED_SECONDS * 1000)
    media_flows_between(*trio)
