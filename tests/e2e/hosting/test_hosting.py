from __future__ import annotations

from tests.e2e.support.people import People
from tests.e2e.support.site_client import Room, SiteClient
from tests.e2e.support.stacks import across_processes, one_stack


@across_processes
def test_the_host_removes_a_person_who_cannot_come_back(people: People, owner: SiteClient, room: Room):
    olive, ada, pest = people("Olive", account=owner), people("Ada"), people("Pest")
    for person in (olive, ada, pest):
        person.enter(room, camera=False)
    olive.sees(ada, pest)
    olive.open_panel("People")
    olive.press("Remove Pest")
    olive.page.get_by_role("dialog").get_by_role("button", name="Remove", exact=True).click()
    pest.reads_heading("You were removed")
    olive.sees(ada)
    ada.sees(olive)
    pest.open_room(room)
    pest.ask_to_join()
    pest.reads_heading("You were removed")
    olive.sees(ada)


@one_stack
def test_the_host_removes_from_the_tile_too_after_being_asked(people: People, owner: SiteClient, room: Room):
    olive, pest = people("Olive", account=owner), people("Pest")
    olive.enter(room)
    pest.enter(room)
    olive.sees(pest)
    olive.tile(pest).click(button="right")
    olive.page.get_by_role("dialog", name="Pest", exact=True).get_by_role("button", name="Remove from meeting").click()
    asked = olive.page.get_by_role("dialog", name="Remove Pest from the meeting?")
    asked.get_by_role("button", name="Remove", exact=True).click()
    pest.reads_heading("You were removed")


@one_stack
def test_only_the_host_is_offered_to_remove(people: People, owner: SiteClient, room: Room):
    olive, ada = people("Olive", account=owner), people("Ada")
    olive.enter(room)
    ada.enter(room)
    ada.sees_state(olive, role="host")
    ada.open_panel("People")
    assert ada.button("Remove Olive").count() == 0


@across_processes
def test_a_closed_room_sends_everybody_home(people: People, owner: SiteClient, room: Room):
    olive, ada, waiting = people("Olive", account=owner), people("Ada"), people("Waiting")
    olive.enter(room)
    ada.enter(room)
    waiting.open_room(room)
    owner.submit(f"/rooms/{room.slug}/close/")
    for person in (olive, ada, waiting):
        person.reads_heading("The meeting is over")
    ada.expects_error("status of 404")  # the browser notes every page that answers so
    ada.open_room(room)
    ada.reads_heading("There is no open meeting here")
