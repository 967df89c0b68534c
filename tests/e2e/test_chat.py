from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.conftest import Cast, one_stack
from tests.e2e.visitor import Room

NASTY = '<img src=x onerror="document.title=\'owned\'"><b>bold</b><script>document.title="owned"</script>'


def test_lines_go_both_ways(people: Cast, room: Room):
    ada, grace = people("Ada"), people("Grace")
    ada.enter(room)
    grace.enter(room)
    grace.open_panel("Chat")
    ada.write("Good morning")
    expect(grace.chat).to_contain_text("Good morning")
    grace.write("Good morning, Ada")
    expect(ada.chat).to_contain_text("Good morning, Ada")
    for person in (ada, grace):
        expect(person.chat.get_by_role("article")).to_have_count(2)
        expect(person.chat.locator('[data-status="sent"]')).to_have_count(2)


@one_stack
def test_html_in_a_line_stays_text(people: Cast, room: Room):
    ada, grace = people("Ada"), people("Grace")
    ada.enter(room)
    grace.enter(room)
    title = grace.page.title()
    grace.open_panel("Chat")
    ada.write(NASTY)
    expect(grace.chat.get_by_text(NASTY)).to_be_visible()
    expect(grace.chat.locator("img, b, script")).to_have_count(0)
    assert grace.page.title() == title


@one_stack
def test_html_in_a_name_stays_text(people: Cast, room: Room):
    ada, nasty = people("Ada"), people("<img src=x onerror=alert(1)>")
    ada.enter(room)
    nasty.enter(room)
    ada.sees(nasty)
    ada.open_panel("People")
    expect(ada.tiles.locator("img")).to_have_count(0)
    expect(ada.page.get_by_role("list", name="In this meeting").locator("img")).to_have_count(0)


def test_who_comes_late_reads_what_was_written(people: Cast, room: Room):
    ada, grace = people("Ada"), people("Grace")
    ada.enter(room)
    ada.write("The agenda is in the wiki")
    expect(ada.chat).to_contain_text("The agenda is in the wiki")
    grace.enter(room)
    grace.open_panel("Chat")
    expect(grace.chat).to_contain_text("The agenda is in the wiki")


@one_stack
def test_an_unread_line_is_counted_until_the_chat_is_opened(people: Cast, room: Room):
    ada, grace = people("Ada"), people("Grace")
    ada.enter(room)
    grace.enter(room)
    ada.sees(grace)
    grace.write("Are you there?")
    badge = ada.button("Chat").locator(".badge")
    expect(badge).to_have_text("1")
    ada.open_panel("Chat")
    expect(badge).to_be_hidden()
