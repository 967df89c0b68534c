from __future__ import annotations

import psycopg
import pytest
import redis
from playwright.sync_api import expect

from tests.e2e.conftest import Cast
from tests.e2e.senses import everybody_meets
from tests.e2e.servers import Stack
from tests.e2e.visitor import Room
from tests.services import Redis


@pytest.mark.parametrize("stack", ["cluster"], indirect=True)
def test_people_at_two_processes_meet_in_one_room(people: Cast, stack: Stack, room: Room, redis_server: Redis):
    before = _published(redis_server)
    ada, grace = people("Ada"), people("Grace")
    ada.enter(room)
    grace.enter(room)
    assert ada.origin != grace.origin
    everybody_meets(ada, grace)
    assert len(_holders(stack, room)) == 2
    assert _published(redis_server) > before


def _holders(stack: Stack, room: Room) -> set[str]:
    """The processes that hold the seats of the room."""
    query = "SELECT process FROM rooms_seat JOIN rooms_room r ON r.id = room_id WHERE r.slug = %s"
    with psycopg.connect(stack.settings["DATABASE_URL"]) as connection:
        return {row[0] for row in connection.execute(query, [room.slug])}


def _published(server: Redis) -> int:
    with redis.Redis.from_url(server.url) as client:
        return int(client.info("commandstats").get("cmdstat_publish", {}).get("calls", 0))


@pytest.mark.parametrize("stack", ["cluster"], indirect=True)
def test_who_lost_the_server_is_not_said_to_be_gone_while_their_media_flows(people: Cast, stack: Stack, room: Room):
    ada, grace = people("Ada"), people("Grace")
    for person in (ada, grace):
        person.enter(room)
    everybody_meets(ada, grace)
    grace.expects("WebSocket connection to")  # the browser notes every try that fails
    stack.processes[1].stop()
    ada.sees_state(grace, away="")
    expect(ada.tile(grace)).not_to_contain_text("Reconnecting…")
    everybody_meets(ada, grace)
    stack.processes[1].start()
    ada.sees_state(grace, away=None)
    everybody_meets(ada, grace)
