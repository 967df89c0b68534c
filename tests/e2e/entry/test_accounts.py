from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.support.people import People
from tests.e2e.support.received_media import media_flows_between
from tests.e2e.support.site_client import PASSWORD


def test_from_a_new_account_to_a_meeting_with_a_guest(people: People):
    hedy, guest = people("Hedy"), people("Guest")
    hedy.open()
    hedy.page.get_by_role("link", name="Create account").click()
    hedy.field("Your name").fill("Hedy")
    hedy.field("E-mail").fill("hedy@example.org")
    hedy.page.get_by_label("Password").fill(PASSWORD)
    hedy.press("Create account")
    hedy.reads_heading("Hello, Hedy")
    hedy.press("New meeting")
    expect(hedy.field("Your name")).to_have_value("Hedy")
    hedy.press("Join now")
    hedy.is_in_call()
    hedy.sees_state(hedy, role="host")
    hedy.button("Copy invite link").first.click()
    hedy.reads("Link copied")

    guest.open()
    guest.field("Join with a code or link").focus()
    guest.page.keyboard.press("Control+V")
    guest.press("Join")
    guest.join()
    media_flows_between(hedy, guest)
    hedy.sees_state(guest, role="member")
