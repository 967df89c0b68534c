"""The times of messages: the same after a reload whatever the clock says, and days that end at midnight."""

from __future__ import annotations

from datetime import datetime, timedelta

from playwright.sync_api import expect

from tests.e2e.support.people import People
from tests.e2e.support.site_client import Room
from tests.e2e.support.stacks import one_stack

pytestmark = one_stack


def test_a_wrong_clock_moves_no_times_on_a_reload(people: People, room: Room):
    ada = people("Ada")
    ada.page.clock.install(time=datetime.now() - timedelta(hours=5))
    ada.enter(room)
    ada.open_panel("Chat")
    ada.write("Good morning")
    expect(ada.chat.locator('[data-status="sent"]')).to_have_count(1)
    before = ada.chat.locator("time").all_text_contents()
    ada.page.reload()
    ada.is_in_call()
    ada.open_panel("Chat")
    expect(ada.chat.get_by_role("article")).to_have_count(1)
    assert before and ada.chat.locator("time").all_text_contents() == before


def test_at_midnight_today_becomes_yesterday(people: People, room: Room):
    ada = people("Ada")
    evening = datetime.now().replace(hour=23, minute=40, second=0)
    ada.page.clock.install(time=evening)
    ada.enter(room)
    ada.open_panel("Chat")
    ada.write("Good night")
    expect(ada.chat.locator('[data-status="sent"]')).to_have_count(1)
    expect(ada.chat.get_by_text("Yesterday")).to_have_count(0)
    ada.page.clock.fast_forward("20:00")
    expect(ada.chat.get_by_text("Yesterday")).to_be_visible()
