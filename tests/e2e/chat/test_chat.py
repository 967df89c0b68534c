from __future__ import annotations

import re
from datetime import UTC, datetime

from playwright.sync_api import expect

from tests.e2e.support.people import People
from tests.e2e.support.person import Person
from tests.e2e.support.site_client import Room, SiteClient
from tests.e2e.support.stacks import across_processes, one_stack

NASTY = '<img src=x onerror="document.title=\'owned\'"><b>bold</b><script>document.title="owned"</script>'


@across_processes
def test_lines_go_both_ways(people: People, room: Room):
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
def test_html_in_a_line_or_a_name_stays_text(people: People, room: Room):
    ada, nasty = people("Ada"), people("<img src=x onerror=alert(1)>")
    ada.enter(room)
    nasty.enter(room)
    ada.sees(nasty)
    title = ada.page.title()
    ada.open_panel("Chat")
    nasty.write(NASTY)
    expect(ada.chat.get_by_text(NASTY)).to_be_visible()
    expect(ada.chat.locator("img, b, script")).to_have_count(0)
    assert ada.page.title() == title
    ada.open_panel("People")
    expect(ada.tiles.locator("img")).to_have_count(0)
    expect(ada.page.get_by_role("list", name="In this meeting").locator("img")).to_have_count(0)


@across_processes
def test_a_latecomer_reads_earlier_messages(people: People, room: Room):
    ada, grace = people("Ada"), people("Grace")
    ada.enter(room)
    ada.write("The agenda is in the wiki")
    expect(ada.chat).to_contain_text("The agenda is in the wiki")
    grace.enter(room)
    grace.open_panel("Chat")
    expect(grace.chat).to_contain_text("The agenda is in the wiki")


@one_stack
def test_an_unread_line_is_counted_until_the_chat_is_opened(people: People, room: Room):
    ada, grace = people("Ada"), people("Grace")
    ada.enter(room)
    grace.enter(room)
    ada.sees(grace)
    grace.write("Are you there?")
    badge = ada.button("Chat").locator(".badge")
    expect(badge).to_have_attribute("data-words", "1")
    expect(ada.page).to_have_title(f"(1) {room.name} · 2 people · Lanai")
    ada.open_panel("Chat")
    expect(badge).to_be_hidden()
    expect(ada.page).to_have_title(f"{room.name} · 2 people · Lanai")


@one_stack
def test_lines_of_one_person_share_a_head_and_tell_their_time(people: People, room: Room):
    ada, grace = people("Ada"), people("Grace")
    ada.enter(room)
    grace.enter(room)
    ada.open_panel("Chat")
    for text in ("First", "Second"):
        grace.write(text)
    expect(ada.chat.get_by_role("article")).to_have_count(2)
    ada.write("Third")
    heads = ada.chat.locator("article:not([data-follows]) .line-head")
    expect(heads.locator(".line-who")).to_have_text(["Grace", "You"])
    times = heads.locator("time")
    expect(times).to_have_text([re.compile(r"^\d{1,2}:\d\d( [AP]M)?$")] * 2)
    year = datetime.now(UTC).year
    for attribute in ("datetime", "title"):
        expect(times.first).to_have_attribute(attribute, re.compile(str(year)))


@one_stack
def test_a_line_keeps_its_rows_large_emoji_and_safe_links(people: People, room: Room):
    ada = people("Ada")
    ada.enter(room)
    ada.open_panel("Chat")
    ada.field("Message").press_sequentially("one")
    ada.field("Message").press("Shift+Enter")
    ada.field("Message").press_sequentially("two")
    ada.field("Message").press("Enter")
    ada.write("🎉")
    texts = ada.chat.locator(".line-text")
    expect(texts.first).to_have_text("one\ntwo", use_inner_text=True)
    small, large = (float(texts.nth(n).evaluate("text => parseFloat(getComputedStyle(text).fontSize)")) for n in (0, 1))
    assert large > 1.5 * small

    ada.write("https://example.org/a?b=1 or ada@example.org, never javascript:alert(1) or data:text/html,x")
    links = ada.chat.get_by_role("link")
    expect(links).to_have_count(2)
    for number, href in enumerate(("https://example.org/a?b=1", "mailto:ada@example.org")):
        expect(links.nth(number)).to_have_attribute("href", href)
        expect(links.nth(number)).to_have_attribute("target", "_blank")
        expect(links.nth(number)).to_have_attribute("rel", "noopener noreferrer nofollow")


def pasted(person: Person) -> str:
    """The clipboard's text, pasted into the message field: a page may not read the clipboard itself."""
    person.field("Message").fill("")
    person.field("Message").press("Control+V")
    return person.field("Message").input_value()


@one_stack
def test_a_line_is_copied_and_the_chat_is_downloaded(people: People, room: Room):
    ada = people("Ada")
    ada.context.grant_permissions(["clipboard-write"])
    ada.enter(room)
    ada.write("Good morning\neverybody")
    ada.chat.get_by_role("article").hover()
    ada.press("Copy message")
    ada.reads("Message copied")
    assert pasted(ada) == "Good morning\neverybody"
    with ada.page.expect_download() as download:
        ada.press("Download chat")
    assert re.fullmatch(
        rf"{room.name.replace(' ', '-')}-chat-\d{{4}}-\d\d-\d\d\.txt", download.value.suggested_filename
    )
    saved = download.value.path().read_text()
    assert re.fullmatch(rf"{room.name}\n\n\[[-\d]+ [:\d]+\] Ada: Good morning\n    everybody\n", saved), saved


@one_stack
def test_arrow_keys_go_from_line_to_line_and_tab_to_what_can_be_done_with_it(people: People, room: Room):
    ada = people("Ada")
    ada.context.grant_permissions(["clipboard-write"])
    ada.enter(room)
    for text in ("First", "Second", "Third"):
        ada.write(text)
    expect(ada.chat.get_by_role("article")).to_have_count(3)
    ada.chat.focus()
    for key in ("ArrowUp", "ArrowUp", "Tab"):
        ada.page.keyboard.press(key)
    expect(ada.chat.get_by_role("article").nth(1).get_by_role("button", name="Copy message")).to_be_focused()
    ada.page.keyboard.press("Enter")
    ada.reads("Message copied")
    ada.page.keyboard.press("Home")
    expect(ada.chat.get_by_role("article").first).to_be_focused()
    assert pasted(ada) == "Second"


@one_stack
def test_new_messages_do_not_scroll_a_reader_who_is_further_up(people: People, room: Room):
    ada, grace = people("Ada"), people("Grace")
    ada.enter(room)
    grace.enter(room)
    ada.write("\n".join(["a long story"] * 100))
    expect(ada.chat.locator('[data-status="sent"]')).to_have_count(1)
    ada.chat.evaluate("log => { log.scrollTop = 100; }")
    ada.field("Message").fill("half a thou")
    jump = ada.page.get_by_role("button", name="2 new messages")
    for text in ("More", "And more"):
        grace.write(text)
    expect(jump).to_be_visible()
    assert ada.chat.evaluate("log => log.scrollTop") == 100
    expect(ada.field("Message")).to_be_focused()
    expect(ada.field("Message")).to_have_value("half a thou")
    jump.click()
    expect(jump).to_be_hidden()
    expect(ada.chat.get_by_text("And more")).to_be_in_viewport()
    grace.write("The end")
    expect(ada.chat.get_by_text("The end")).to_be_in_viewport()
    expect(jump).to_be_hidden()


@one_stack
def test_people_are_told_how_long_messages_are_kept(people: People, owner: SiteClient, room: Room):
    ada = people("Ada")
    ada.enter(room)
    ada.open_panel("Chat")
    ada.reads("Messages are deleted when everybody has left.")
    owner.submit(f"/rooms/{room.slug}/", name=room.name, capacity="6", keeps_chat="True")
    for place in (ada.page.locator(".chat-notice"), ada.page.locator(".toasts .toast")):
        expect(place).to_have_text("Messages stay with this room for 30 days, for whoever comes later.")
    ada.write("The agenda is in the wiki")
    expect(ada.chat.locator('[data-status="sent"]')).to_have_count(1)
    ada.press("Leave")
    ada.reads_heading("You left the meeting")
    grace = people("Grace")
    grace.enter(room)
    grace.open_panel("Chat")
    expect(grace.chat).to_contain_text("The agenda is in the wiki")
    expect(grace.button("Chat").locator(".badge")).to_be_hidden()
