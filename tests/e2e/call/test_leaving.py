"""Leaving, closing the tab and a killed browser, and how soon the others know."""

from __future__ import annotations

import time

from tests.e2e.support import browsers
from tests.e2e.support.people import People
from tests.e2e.support.received_media import media_flows_between
from tests.e2e.support.site_client import Room
from tests.e2e.support.stacks import across_processes

CLOSED_TAB_SECONDS = 4.0
KILLED_SECONDS = 30.0
LOOK_SECONDS = 0.5  # how late a test may look at the page on a busy machine


@across_processes
def test_a_person_who_leaves_is_gone_at_once_and_reads_a_goodbye(people: People, room: Room):
    ada, grace = people("Ada"), people("Grace")
    ada.enter(room)
    grace.enter(room)
    media_flows_between(ada, grace)
    grace.press("Leave")
    grace.reads_heading("You left the meeting")
    ada.no_longer_sees(grace, within=1)
    devices = grace.page.evaluate("probe.devices()")
    assert {device["state"] for device in devices} == {"ended"}, "camera and microphone are let go"


@across_processes
def test_a_person_who_left_can_come_back(people: People, room: Room):
    ada, grace = people("Ada"), people("Grace")
    ada.enter(room)
    grace.enter(room)
    grace.press("Leave")
    ada.no_longer_sees(grace)
    grace.press("Rejoin")
    grace.join()
    ada.sees(grace)
    media_flows_between(ada, grace)


@across_processes
def test_a_closed_tab_is_gone_within_four_seconds(people: People, room: Room):
    ada, grace = people("Ada"), people("Grace")
    ada.enter(room)
    grace.enter(room)
    media_flows_between(ada, grace)
    closed_at = time.monotonic()
    grace.page.close()
    ada.no_longer_sees(grace)
    assert time.monotonic() - closed_at < CLOSED_TAB_SECONDS + LOOK_SECONDS


@across_processes
def test_a_killed_browser_is_gone_within_thirty_seconds(people: People, room: Room):
    doomed = people.own_browser(browsers.FAKE_DEVICES, browsers.ALLOW_DEVICES)
    ada, grace = people("Ada"), people("Grace", browser=doomed)
    ada.enter(room)
    grace.enter(room)
    media_flows_between(ada, grace)
    browsers.kill(doomed)
    ada.no_longer_sees(grace, within=KILLED_SECONDS + LOOK_SECONDS)
