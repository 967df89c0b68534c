from __future__ import annotations

import pytest

from tests.e2e.conftest import Cast
from tests.e2e.senses import everybody_meets
from tests.e2e.visitor import Room


@pytest.mark.parametrize("size", [2, 3, 4])
def test_everybody_sees_and_hears_everybody(people: Cast, room: Room, size: int):
    everybody = [people(nickname) for nickname in ("Ada", "Grace", "Linus", "Margaret")[:size]]
    for person in everybody:
        person.open_room(room)
    for person in everybody:
        person.join()
    for person in everybody:
        person.sees(*(other for other in everybody if other is not person))
    everybody_meets(*everybody)


def test_who_comes_late_is_seen_and_heard_and_sees_and_hears(people: Cast, room: Room):
    ada, grace, late = people("Ada"), people("Grace"), people("Late")
    ada.enter(room)
    grace.enter(room)
    everybody_meets(ada, grace)
    late.enter(room)
    late.sees(ada, grace)
    everybody_meets(ada, grace, late)
