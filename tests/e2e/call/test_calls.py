from __future__ import annotations

import pytest

from tests.e2e.support.people import People
from tests.e2e.support.received_media import media_flows_between
from tests.e2e.support.site_client import Room
from tests.e2e.support.stacks import across_processes


def test_two_see_and_hear_each_other(people: People, room: Room):
    meet(people, room, 2)


@across_processes
@pytest.mark.parametrize("size", [3, 4])
def test_everybody_sees_and_hears_everybody(people: People, room: Room, size: int):
    meet(people, room, size)


def meet(people: People, room: Room, size: int) -> None:
    everybody = [people(nickname) for nickname in ("Ada", "Grace", "Linus", "Margaret")[:size]]
    for person in everybody:
        person.open_room(room)
    for person in everybody:
        person.join()
    for person in everybody:
        person.sees(*(other for other in everybody if other is not person))
    media_flows_between(*everybody)


@across_processes
def test_a_latecomer_and_the_others_see_and_hear_each_other(people: People, room: Room):
    ada, grace, late = people("Ada"), people("Grace"), people("Late")
    ada.enter(room)
    grace.enter(room)
    media_flows_between(ada, grace)
    late.enter(room)
    late.sees(ada, grace)
    media_flows_between(ada, grace, late)
