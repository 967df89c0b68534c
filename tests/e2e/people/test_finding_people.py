"""The search field of the people panel, which appears with the seventh person."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Playwright, expect
from websockets import Origin
from websockets.sync.client import ClientConnection, connect

from tests.e2e.support.people import People
from tests.e2e.support.site_client import Room
from tests.e2e.support.stacks import one_stack
from tests.stack import Stack

pytestmark = one_stack
OTHERS = ("Zoë", "Łukasz", "Linus", "Grace", "Katherine")


@pytest.fixture
def room(new_room: Callable[..., Room]) -> Room:
    return new_room(capacity=8)


@pytest.fixture
def others(stack: Stack, room: Room, playwright: Playwright) -> Iterator[None]:
    """People without browsers, by sockets only: the list shows them like any others."""
    with ExitStack() as sockets:
        for nickname in OTHERS:
            socket = sockets.enter_context(dial(playwright, stack.origins[0], room))
            sit_down(socket, nickname)
        yield


def dial(playwright: Playwright, origin: str, room: Room) -> ClientConnection:
    http = playwright.request.new_context(base_url=origin)
    http.get(room.path)
    cookies = "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in http.storage_state()["cookies"])
    http.dispose()
    url = origin.replace("http", "ws") + f"/ws{room.path}"
    return connect(url, origin=Origin(origin), additional_headers={"Cookie": cookies})


def sit_down(socket: ClientConnection, nickname: str) -> None:
    hello = {"key": secrets.token_hex(16), "page": secrets.token_hex(4), "attempt": 1, "nickname": nickname}
    socket.send(json.dumps({"type": "hello", "mic": False, "cam": False, **hello}))
    assert json.loads(socket.recv())["type"] == "welcome"


def test_the_field_comes_with_the_seventh_and_finds_by_any_part_of_a_name(people: People, room: Room, others: None):
    ada = people("Ada")
    ada.enter(room)
    ada.button("People").press("Enter")
    field = ada.page.get_by_role("searchbox", name="Find people")
    rows = ada.page.get_by_role("list", name="In this meeting").get_by_role("listitem")
    found = ada.page.get_by_role("complementary").get_by_role("status")
    expect(rows).to_have_count(6)
    expect(field).to_be_hidden()
    joan = people("Joan")
    joan.enter(room)
    expect(field).to_be_visible()
    field.fill("zoe")
    expect(rows.filter(visible=True)).to_contain_text(["Zoë"])
    expect(found).to_have_text("1 person found")
    field.fill("LU")
    expect(rows.filter(visible=True)).to_contain_text(["Łukasz"])
    field.fill("x")
    expect(found).to_have_text("Nobody here has that name.")
    joan.press("Leave")
    ada.no_longer_sees(joan)
    expect(field).to_be_visible()  # stays while a search is going on
    field.press("Escape")
    expect(rows.filter(visible=True)).to_have_count(6)
    expect(field).to_be_focused()
    field.press("Escape")
    expect(field).to_be_hidden()
    expect(ada.button("People")).to_be_focused()
