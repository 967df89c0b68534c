from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.conftest import Cast
from tests.e2e.senses import everybody_meets
from tests.e2e.visitor import PASSWORD


def test_from_a_new_account_to_a_meeting_with_a_guest(people: Cast):
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
    hedy.is_inside()
    hedy.sees_state(hedy, role="host")
    hedy.button("Copy invite link").first.click()
    hedy.reads("Link copied")

    guest.open()
    guest.field("Join with a code or link").focus()
    guest.page.keyboard.press("Control+V")
    guest.press("Join")
    guest.join()
    everybody_meets(hedy, guest)
    hedy.sees_state(guest, role="member")
