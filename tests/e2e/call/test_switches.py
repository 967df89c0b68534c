from __future__ import annotations

from tests.e2e.support.people import People
from tests.e2e.support.received_media import media_flows_between
from tests.e2e.support.site_client import Room
from tests.e2e.support.stacks import across_processes, one_stack


@across_processes
def test_mute_is_seen_and_nothing_is_heard(people: People, room: Room):
    ada, grace = people("Ada"), people("Grace")
    ada.enter(room)
    grace.enter(room)
    media_flows_between(ada, grace)
    ada.press("Mute microphone")
    ada.sees_state(ada, mic="off")
    grace.sees_state(ada, mic="off", cam="on")
    grace.silence_comes_from(ada)
    ada.press("Unmute microphone")
    grace.sees_state(ada, mic="on")
    grace.sound_flows_from(ada)


@across_processes
def test_a_camera_turned_off_is_seen_and_let_go(people: People, room: Room):
    ada, grace = people("Ada"), people("Grace")
    ada.enter(room)
    grace.enter(room)
    media_flows_between(ada, grace)
    ada.press("Turn off camera")
    grace.sees_state(ada, mic="on", cam="off")
    assert _cameras(ada) == {"ended"}
    grace.sound_flows_from(ada)
    ada.press("Turn on camera")
    grace.sees_state(ada, cam="on")
    grace.pictures_flow_from(ada)


@one_stack
def test_switches_of_the_green_room_hold_in_the_call(people: People, room: Room):
    ada, grace = people("Ada"), people("Grace")
    ada.enter(room)
    grace.open_room(room)
    grace.press("Mute microphone")
    grace.press("Turn off camera")
    grace.join()
    ada.sees_state(grace, mic="off", cam="off")
    assert _cameras(grace) <= {"ended"}
    grace.press("Turn on camera")
    ada.pictures_flow_from(grace)


def _cameras(person) -> set[str]:
    return {device["state"] for device in person.page.evaluate("probe.devices()") if device["kind"] == "video"}
