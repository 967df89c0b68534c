"""The summary after a meeting, for each way that it can end."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, expect

from tests.e2e.support.people import People
from tests.e2e.support.person import Person
from tests.e2e.support.received_media import media_flows_between
from tests.e2e.support.site_client import Room, SiteClient
from tests.e2e.support.stacks import one_stack

pytestmark = one_stack
STORED = "JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage })"


def people_of(person: Person) -> Locator:
    return person.page.locator("#goodbye").get_by_role("listitem")


def test_the_summary_tells_the_duration_and_the_people(people: People, room: Room, tmp_path: Path):
    ada, grace, linus = people("Ada"), people("Grace"), people("Linus")
    ada.page.clock.install()
    for person in (ada, grace, linus):
        person.enter(room)
    media_flows_between(ada, grace, linus)
    grace.write("The plan is on the table")
    linus.press("Leave")
    ada.no_longer_sees(linus)
    ada.page.clock.fast_forward("25:00")
    ada.press("Leave")
    ada.reads_heading("You left the meeting")
    ada.reads("25 minutes")
    expect(ada.page.get_by_role("definition").filter(has_text=re.compile("^Good"))).to_be_visible()
    expect(people_of(ada)).to_have_text(["Ada (you)", "Grace", "Linus"])
    expect(ada.page.get_by_role("link", name="Back to start")).to_be_visible()
    expect(ada.button("Rejoin")).to_be_visible()
    with ada.page.expect_download() as download:
        ada.press("Download chat")
    download.value.save_as(tmp_path / "chat.txt")
    assert "Grace: The plan is on the table" in (tmp_path / "chat.txt").read_text()
    stored = ada.page.evaluate(STORED)
    assert "Ada" in stored and "Grace" not in stored and "Linus" not in stored, "nobody else's name stays"
    ada.page.reload()
    expect(ada.button("Join now")).to_be_visible()


def test_a_removed_person_reads_the_summary_without_a_way_back(people: People, room: Room, owner: SiteClient):
    olive, grace = people("Olive", account=owner), people("Grace")
    olive.enter(room)
    grace.enter(room)
    olive.open_panel("People")
    olive.press("Remove Grace")
    olive.press("Remove")
    grace.reads_heading("You were removed")
    expect(people_of(grace)).to_have_text(["Grace (you)", "Olive"])
    expect(grace.button("Download chat")).to_be_hidden()
    expect(grace.button("Rejoin")).to_be_hidden()


def test_the_summary_names_nobody_to_a_person_who_never_joined(people: People, room: Room, owner: SiteClient):
    grace = people("Grace")
    grace.open_room(room)
    expect(grace.button("Join now")).to_be_enabled()
    owner.submit(f"/rooms/{room.slug}/close/")
    grace.reads_heading("The meeting is over")
    expect(people_of(grace)).to_have_count(0)
    expect(grace.page.locator("#goodbye").get_by_text("Who was there")).to_be_hidden()
