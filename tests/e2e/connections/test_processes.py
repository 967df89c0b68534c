from __future__ import annotations

import psycopg
import redis
from playwright.sync_api import expect

from tests.e2e.support.people import People
from tests.e2e.support.received_media import media_flows_between
from tests.e2e.support.site_client import Room
from tests.e2e.support.stacks import across_processes
from tests.services import Redis
from tests.stack import Stack


@across_processes
def test_people_at_two_processes_meet_in_one_room(people: People, stack: Stack, room: Room, redis_server: Redis):
    before = _published(redis_server)
    ada, grace = people("Ada"), people("Grace")
    ada.enter(room)
    grace.enter(room)
    assert ada.origin != grace.origin
    media_flows_between(ada, grace)
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


@across_processes
def test_a_person_without_server_is_not_shown_as_reconnecting_while_media_flows(
    people: People, stack: Stack, room: Room
):
    ada, grace = people("Ada"), people("Grace")
    for person in (ada, grace):
        person.enter(room)
    media_flows_between(ada, grace)
    grace.expects_error("WebSocket connection to")  # the browser notes every try that fails
    stack.processes[1].stop()
    ada.sees_state(grace, away="")
    expect(ada.tile(grace)).not_to_contain_text("Reconnecting…")
    media_flows_between(ada, grace)
    stack.processes[1].start()
    ada.sees_state(grace, away=None)
    media_flows_between(ada, grace)
