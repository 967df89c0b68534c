"""A page that others flood: it stays small, and loses nothing that was written."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Locator, expect

from tests.e2e.support.page_scripts import FLOOD
from tests.e2e.support.people import People
from tests.e2e.support.person import Person
from tests.e2e.support.site_client import Room
from tests.e2e.support.stacks import one_stack

LINES = 675
"""What 48 sockets of one account wrote in 15 seconds."""
ADDRESSES = "a@b.co " * 280
IN_WINDOW, IN_WINDOW_AT_MOST = 200, 300
ELEMENTS_OF_A_LINE = 20 + 20
"""Its parts, and its links."""


def numbers(person: Person) -> list[int]:
    """Return the numbers of the lines in the document."""
    texts: list[str] = person.chat.locator(".line-text").evaluate_all("all => all.map(one => one.textContent)")
    return [int(text.split(":")[0]) for text in texts]


def line(person: Person, number: int) -> Locator:
    text = person.page.locator(".line-text", has_text=re.compile(f"^{number}: "))
    return person.chat.get_by_role("article").filter(has=text)


def elements(person: Person) -> int:
    count: int = person.page.evaluate("countElements()")
    return count


def flood(person: Person, first: int = 0, last: int = LINES, text: str = ADDRESSES) -> int:
    """Return the largest number of elements meanwhile."""
    most: int = person.page.evaluate(f"floodChat({first}, {last}, {text!r})")
    return most


@one_stack
def test_a_flood_adds_nothing_to_a_page_whose_chat_is_closed(people: People, room: Room):
    ada = people("Ada", FLOOD)
    ada.enter(room)
    before = elements(ada)
    assert flood(ada) - before < 50
    expect(ada.button("Chat").locator(".badge")).to_have_attribute("data-words", "99+")
    expect(ada.page).to_have_title(f"({LINES}) {room.name} · only you · Lanai")


@one_stack
def test_a_flooded_chat_opens_with_its_last_lines_and_has_the_earlier_ones(people: People, room: Room):
    ada = people("Ada", FLOOD)
    ada.enter(room)
    before = elements(ada)
    flood(ada)
    ada.open_panel("Chat")
    last = list(range(LINES - IN_WINDOW, LINES))
    ada.until(lambda: numbers(ada) == last, lambda: f"the last lines but {numbers(ada)}")
    expect(ada.chat.get_by_role("article").last).to_be_in_viewport()
    assert elements(ada) - before < IN_WINDOW * ELEMENTS_OF_A_LINE

    def read_further_up() -> bool:
        ada.chat.evaluate("log => { log.scrollTop = 0; }")
        here = numbers(ada)
        assert here == list(range(here[0], here[0] + len(here)))
        assert len(here) <= IN_WINDOW_AT_MOST
        return here[0] == 0

    ada.until(read_further_up, lambda: f"the first line but {numbers(ada)[0]}")
    assert flood(ada, LINES, LINES + 100) - before < IN_WINDOW_AT_MOST * ELEMENTS_OF_A_LINE
    assert numbers(ada)[0] == 0
    ada.page.get_by_role("button", name="100 new messages").click()
    expect(ada.chat.get_by_role("article").last).to_be_in_viewport()
    ada.until(lambda: numbers(ada) == list(range(LINES - IN_WINDOW + 100, LINES + 100)), "the last lines")


@one_stack
def test_keys_reach_both_ends_of_a_long_chat(people: People, room: Room):
    ada = people("Ada", FLOOD)
    ada.enter(room)
    flood(ada, text="short")
    ada.open_panel("Chat")
    ada.chat.focus()
    ada.page.keyboard.press("Home")
    expect(line(ada, 0)).to_be_focused()
    assert numbers(ada)[0] == 0
    ada.page.keyboard.press("End")
    expect(line(ada, LINES - 1)).to_be_focused()
    for _ in range(IN_WINDOW + 20):
        ada.page.keyboard.press("ArrowUp")
    expect(line(ada, LINES - 1 - IN_WINDOW - 20)).to_be_focused()
    assert len(numbers(ada)) <= IN_WINDOW_AT_MOST


@one_stack
def test_what_is_read_stays_in_place_when_earlier_lines_are_added(people: People, room: Room):
    ada = people("Ada", FLOOD)
    ada.enter(room)
    flood(ada, text="short")
    ada.open_panel("Chat")
    ada.until(lambda: len(numbers(ada)) == IN_WINDOW, "a full window")
    number = numbers(ada)[0]
    read = line(ada, number)
    top = read.evaluate("""line => {
        line.focus({ preventScroll: true });
        line.parentElement.scrollTop = 0;
        return line.getBoundingClientRect().top;
    }""")
    ada.until(lambda: numbers(ada)[0] < number, "earlier lines")
    assert abs(read.evaluate("line => line.getBoundingClientRect().top") - top) < 2
    expect(read).to_be_focused()


@one_stack
def test_hands_and_reactions_in_every_frame_are_told_calmly(people: People, room: Room):
    ada, mallory = people("Ada", FLOOD), people("Mallory")
    ada.enter(room)
    mallory.enter(room)
    ada.sees(mallory)
    seat: dict[str, Any] = dict.fromkeys(("mic", "cam", "guest"), True) | dict.fromkeys(
        ("screen", "spotlight", "away"), False
    )
    seat |= {"id": ada.seat_of(mallory), "nickname": "Mallory", "role": "member", "joined_at": 1, "epoch": 1}
    ada.record_announcements()
    before = elements(ada)
    most = ada.page.evaluate("([seat, count]) => floodNotices(seat, count)", [seat | {"rev": 1000}, 240])
    assert most - before < 200
    assert len(ada.announcements) <= 40
