"""Private messages are marked on both sides and reach no other page."""

from __future__ import annotations

from playwright.sync_api import WebSocket, expect

from tests.e2e.support.people import People
from tests.e2e.support.person import Person
from tests.e2e.support.site_client import Room, SiteClient
from tests.e2e.support.stacks import across_processes, one_stack

SECRET = "the present is under the porch"


def record_frames(person: Person) -> list[str]:
    """Every frame that reaches the person's page from now on."""
    frames: list[str] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: frames.append(str(frame)))

    person.page.on("websocket", listen)
    return frames


def writes_to(person: Person, other: Person, text: str) -> None:
    person.open_panel("Chat")
    person.page.get_by_label("To", exact=True).select_option(label=f"{other.nickname} only")
    person.write(text)


@across_processes
def test_a_private_message_is_marked_on_both_sides_and_reaches_no_other_page(
    people: People, owner: SiteClient, room: Room
):
    ada, grace, olive, guest = people("Ada"), people("Grace"), people("Olive", account=owner), people("Guest")
    heard = {person: record_frames(person) for person in (olive, guest)}
    for person in (ada, grace, olive):
        person.enter(room, camera=False)
    guest.open_room(room)
    guest.press("Turn off camera")
    for person in (ada, grace, olive):
        person.open_panel("Chat")
    writes_to(ada, grace, SECRET)
    for person, words in ((ada, "only to Grace"), (grace, "only to you")):
        line = person.chat.locator("[data-private]", has_text=SECRET)
        expect(line).to_contain_text(words)
    grace.write("to everybody")
    expect(olive.chat.get_by_text("to everybody")).to_be_visible()
    guest.join()
    guest.open_panel("Chat")
    expect(guest.chat.get_by_text("to everybody")).to_be_visible()
    for person, frames in heard.items():
        expect(person.chat).not_to_contain_text(SECRET)
        assert any("to everybody" in frame for frame in frames)
        assert not any(SECRET in frame for frame in frames)


@one_stack
def test_a_private_message_is_not_sent_to_everyone_when_its_recipient_left(people: People, room: Room):
    ada, grace, third = people("Ada"), people("Grace"), people("Third")
    for person in (ada, grace, third):
        person.enter(room, camera=False)
    ada.sees(grace, third)
    ada.open_panel("Chat")
    ada.page.get_by_label("To", exact=True).select_option(label="Grace only")
    ada.reads("Only Grace and you will see this.")
    ada.field("Message").fill(SECRET)
    grace.press("Leave")
    ada.reads("Grace has left. Choose who is to read it.")
    ada.field("Message").press("Enter")
    expect(ada.page.get_by_label("To", exact=True)).to_be_focused()
    expect(ada.field("Message")).to_have_value(SECRET)
    expect(ada.chat.get_by_role("article")).to_have_count(0)
    ada.page.get_by_label("To", exact=True).select_option(label="Everyone")
    ada.write("to everybody")
    third.open_panel("Chat")
    expect(third.chat.get_by_role("article")).to_have_count(1)


@one_stack
def test_the_text_of_a_private_message_is_not_shown_over_the_stage(people: People, room: Room):
    ada, grace, third = people("Ada"), people("Grace"), people("Third")
    for person in (ada, grace, third):
        person.enter(room, camera=False)
    ada.sees(grace, third)
    writes_to(ada, grace, SECRET)
    grace.reads("Ada wrote to you privately")
    expect(grace.page.get_by_text(SECRET)).not_to_be_visible()
