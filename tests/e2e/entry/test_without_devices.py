from __future__ import annotations

from tests.e2e.support import browsers
from tests.e2e.support.people import People
from tests.e2e.support.site_client import Room
from tests.e2e.support.stacks import one_stack


@one_stack
def test_a_person_joins_without_camera_and_microphone(people: People, room: Room):
    bare = people.own_browser(browsers.ALLOW_DEVICES)
    ada, grace = people("Ada"), people("Grace", browser=bare)
    ada.enter(room)
    grace.open_room(room)
    grace.reads("No camera or microphone was found.")
    grace.join()
    grace.media_flows_from(ada)
    ada.sees_state(grace, mic="off", cam="off", pair="connected")


@one_stack
def test_a_person_joins_without_permission_for_devices_and_may_allow_them_later(people: People, room: Room):
    asking = people.own_browser(browsers.FAKE_DEVICES)
    ada, grace = people("Ada"), people("Grace", browser=asking)
    grace.context.grant_permissions([])  # a permission that is not granted is refused
    ada.enter(room)
    grace.open_room(room)
    grace.reads("Your browser blocks the camera and microphone for this page.")
    grace.join()
    grace.media_flows_from(ada)
    ada.sees_state(grace, mic="off", cam="off")
    grace.context.grant_permissions(["camera", "microphone"])
    ada.sees_state(grace, mic="on", cam="on")
    ada.media_flows_from(grace)
