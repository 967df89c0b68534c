from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.support.people import People
from tests.e2e.support.person import Person
from tests.e2e.support.received_media import media_flows_between
from tests.e2e.support.site_client import Room
from tests.e2e.support.stacks import one_stack

EVERYTHING = {"urlPattern": "", "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
LOOKS = 40.0  # seconds; a level changes after several looks, two seconds apart


class Losses:
    """Makes the browser drop a share of a page's packets. To be made before the connections are."""

    def __init__(self, person: Person) -> None:
        self._session = person.context.new_cdp_session(person.page)
        self._session.send("Network.enable")
        self.lose(0)

    def lose(self, percent: int) -> None:
        conditions = [{**EVERYTHING, "packetLoss": percent}]
        self._session.send("Network.emulateNetworkConditionsByRule", {"matchedNetworkConditions": conditions})


@one_stack
def test_a_tile_shows_a_weak_connection_only_while_packets_are_lost(people: People, room: Room):
    ada, grace = people("Ada"), people("Grace")
    losses = Losses(ada)
    ada.enter(room)
    grace.enter(room)
    media_flows_between(ada, grace)
    mark = ada.tile(grace).locator('[data-part="quality"]')
    ada.sees_state(grace, quality="good")
    expect(mark).to_be_hidden()
    losses.lose(40)
    expect(mark).to_have_text("Very weak connection", timeout=LOOKS * 1000)
    expect(ada.page.get_by_role("button", name="Grace, very weak connection")).to_be_visible()
    expect(ada.tile(ada)).to_have_attribute("data-quality", "good")
    losses.lose(0)
    expect(mark).to_be_hidden(timeout=LOOKS * 1000)
