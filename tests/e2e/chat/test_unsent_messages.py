"""Messages that wait for the server are marked and sent once; refused messages stay and say why."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.support.page_scripts import MISADDRESS_CHAT
from tests.e2e.support.people import People
from tests.e2e.support.site_client import Room
from tests.e2e.support.stacks import one_stack
from tests.stack import Stack


@one_stack
def test_messages_written_without_a_server_are_sent_once_and_in_order(people: People, stack: Stack, room: Room):
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
def test_a_refused_message_says_why_survives_a_reload_and_can_be_sent_again(people: People, room: Room):
    ada, grace = people("Ada", MISADDRESS_CHAT), people("Grace")
    ada.enter(room)
    grace.enter(room)
    grace.open_panel("Chat")
    ada.write("lost on the way")
    refused = ada.chat.locator('[data-status="failed"]')
    expect(refused).to_contain_text("lost on the way")
    expect(refused).to_contain_text("Not sent. That person is no longer in the meeting.")
    ada.page.reload()
    ada.is_in_call()
    ada.open_panel("Chat")
    expect(refused).to_contain_text("lost on the way")
    ada.page.evaluate("window.astray = false")
    ada.press("Send again")
    expect(grace.chat.get_by_text("lost on the way")).to_have_count(1)
    expect(ada.chat.locator('[data-status="sent"]').get_by_text("lost on the way")).to_have_count(1)
    expect(refused).to_have_count(0)
