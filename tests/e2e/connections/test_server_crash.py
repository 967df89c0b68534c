from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.support.people import People
from tests.e2e.support.received_media import media_flows_between
from tests.e2e.support.site_client import Room
from tests.e2e.support.stacks import across_processes
from tests.stack import Stack

# Ten pictures come each second; a busy machine may hold back some.
UNBROKEN_SECONDS = 1.0


@across_processes
def test_a_call_goes_on_while_the_server_is_killed_and_started_again(people: People, stack: Stack, room: Room):
    ada, grace = people("Ada"), people("Grace")
    for person in (ada, grace):
        person.expects_lost_server()
        person.enter(room)
    media_flows_between(ada, grace)
    seats = {ada: ada.seat, grace: grace.seat}
    for person in (ada, grace):
        person.watch_pictures()
    for process in stack.processes:
        process.kill()
    for person in (ada, grace):
        expect(person.lost_server).to_have_text("Reconnecting… you can still be heard")
    media_flows_between(ada, grace)
    ada.press("Mute microphone")
    grace.silence_comes_from(ada)
    ada.write("Can you still hear me?")
    for process in stack.processes:
        process.start()
    for person in (ada, grace):
        expect(person.lost_server).to_be_hidden()
    grace.sees_state(ada, mic="off")
    grace.open_panel("Chat")
    expect(grace.chat.get_by_text("Can you still hear me?")).to_have_count(1)
    ada.sees(grace)
    grace.sees(ada)
    assert {person: person.seat for person in (ada, grace)} == seats
    ada.press("Unmute microphone")
    media_flows_between(ada, grace)
    assert ada.longest_gap(grace) < UNBROKEN_SECONDS
    assert grace.longest_gap(ada) < UNBROKEN_SECONDS


def test_a_call_goes_on_while_the_server_restarts(people: People, stack: Stack, room: Room):
    ada, grace = people("Ada"), people("Grace")
    for person in (ada, grace):
        person.expects_lost_server()
        person.enter(room)
    media_flows_between(ada, grace)
    seats = {ada: ada.seat, grace: grace.seat}
    for person in (ada, grace):
        person.watch_pictures()
    for process in stack.processes:
        process.stop()
        process.start()
    ada.write("Back again")
    grace.open_panel("Chat")
    expect(grace.chat).to_contain_text("Back again")
    assert {person: person.seat for person in (ada, grace)} == seats
    ada.sees(grace)
    grace.sees(ada)
    media_flows_between(ada, grace)
    assert ada.longest_gap(grace) < UNBROKEN_SECONDS
    assert grace.longest_gap(ada) < UNBROKEN_SECONDS
