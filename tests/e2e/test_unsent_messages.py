"""What cannot go out yet says so and goes out once; what is refused says why and stays."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.conftest import Cast, one_stack
from tests.e2e.servers import Stack
from tests.e2e.visitor import Room

ASTRAY = Path(__file__).with_name("astray.js")


def test_what_is_written_without_a_server_goes_out_once_and_in_order(people: Cast, stack: Stack, room: Room):
    ada, grace = people("Ada"), people("Grace")
    for person in (ada, grace):
        person.expects_lost_server()
        person.enter(room)
        person.open_panel("Chat")
    ada.write("before")
    expect(grace.chat.get_by_text("before")).to_be_visible()
    for process in stack.processes:
        process.kill()
    expect(ada.lost_server).to_be_visible()
    written = [f"line {number}" for number in range(1, 4)]
    for text in written:
        ada.write(text)
    waiting = ada.chat.locator('[data-status="sending"]')
    expect(waiting.get_by_text("Not sent yet")).to_have_count(3)
    expect(grace.chat.get_by_role("article")).to_have_count(1)
    for process in stack.processes:
        process.start()
    for person in (ada, grace):
        expect(person.chat.locator('[data-status="sent"] .line-text')).to_have_text(["before", *written])
        expect(person.chat.get_by_text("Not sent yet")).to_have_count(0)


@one_stack
def test_a_refused_message_says_why_outlives_a_reload_and_can_be_sent_again(people: Cast, room: Room):
    ada, grace = people("Ada", ASTRAY), people("Grace")
    ada.enter(room)
    grace.enter(room)
    grace.open_panel("Chat")
    ada.write("lost on the way")
    refused = ada.chat.locator('[data-status="failed"]')
    expect(refused).to_contain_text("lost on the way")
    expect(refused).to_contain_text("Not sent. That person is no longer in the meeting.")
    ada.page.reload()
    ada.is_inside()
    ada.open_panel("Chat")
    expect(refused).to_contain_text("lost on the way")
    ada.page.evaluate("window.astray = false")
    ada.press("Send again")
    expect(grace.chat.get_by_text("lost on the way")).to_have_count(1)
    expect(ada.chat.locator('[data-status="sent"]').get_by_text("lost on the way")).to_have_count(1)
    expect(refused).to_have_count(0)
