"""The Django admin: lists, search and filters, and the changes that each kind of staff can and cannot make."""

from __future__ import annotations

import secrets
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from config.ground.clock import clock
from rooms.models import ChatMessage, Room, Seat
from rooms.services.rooms import close_room, create_room, delete_room

ROOMS, SEATS, CHAT = (reverse(f"admin:rooms_{name}_changelist") for name in ("room", "seat", "chatmessage"))
USERS = reverse("admin:accounts_user_changelist")
READ_ONLY = ("seat", "chatmessage")


@pytest.fixture(autouse=True)
def plain_static_files(settings: Any) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


def staff(email: str, *permissions: str, **flags: bool) -> Client:
    user = User.objects.create_user(email=email, password=None, nickname=email.split("@")[0], is_staff=True, **flags)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return client_for(user)


def client_for(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def admin(transactional_db: None) -> Client:
    return staff("admin@example.org", is_superuser=True)


@pytest.fixture
def viewer(transactional_db: None) -> Client:
    """Staff with every view permission and no other."""
    return staff("watcher@example.org", "view_room", "view_seat", "view_chatmessage", "view_user")


def active_seat(room: Room, nickname: str, **values: Any) -> Seat:
    return Seat.objects.create(
        room=room, nickname=nickname, nickname_key=nickname.lower(), key_hash=secrets.token_hex(32), page="a" * 8,
        joined_at=clock.now(), process="p" * 16, socket="1", guest=secrets.token_hex(16), **values,
    )  # fmt: skip


def ended_seat(room: Room, nickname: str, reason: str = "left") -> Seat:
    return active_seat(room, nickname, state="ended", reason=reason, ended_at=clock.now())


def chat_message(seat: Seat, text: str, to: Seat | None = None) -> ChatMessage:
    ref = secrets.token_hex(4)
    return ChatMessage.objects.create(
        room=seat.room, seat=seat, to=to, nickname=seat.nickname, text=text, ref=ref, sent_at=clock.now()
    )


def page_text(response: Any) -> str:
    assert response.status_code == 200, response.status_code
    return str(response.content.decode())


def listed(response: Any) -> list[Any]:
    assert response.status_code == 200, response.status_code
    return list(response.context["cl"].result_list)


def run_action(client: Client, url: str, action: str, *chosen: Any) -> Any:
    values = {"action": action, "_selected_action": [one.pk for one in chosen]}
    return client.post(url, values, follow=True)


# --- lists, search and filters --------------------------------------------------------------------


@pytest.mark.parametrize("who", ["admin", "viewer"])
def test_the_room_list_shows_how_many_people_are_inside(who, room, request):
    client = request.getfixturevalue(who)
    active_seat(room, "Ada"), active_seat(room, "Grace"), ended_seat(room, "Linus")
    page = client.get(ROOMS)
    assert [one.inside for one in listed(page)] == [2]
    assert {"Weekly", room.slug, "owner@example.org"} <= set(page_text(page).replace("<", ">").split(">"))
    assert room.get_absolute_url() in page_text(client.get(reverse("admin:rooms_room_change", args=[room.pk])))


def test_rooms_can_be_searched_and_filtered(admin, owner, room):
    closed, gone = (create_room(owner=owner, name=name) for name in ("Shut", "Gone"))
    close_room(room=closed, by=owner)
    delete_room(room=gone, by=owner)
    active_seat(room, "Ada")
    for query, found in {
        f"q={room.slug}": [room],
        "q=weekly": [room],
        "q=owner@": [gone, closed, room],
        "q=nothing": [],
        "state=open": [room],
        "state=closed": [closed],
        "state=deleted": [gone],
        "state=nonsense": [gone, closed, room],
        "live=yes": [room],
        "live=no": [gone, closed],
    }.items():
        assert set(listed(admin.get(f"{ROOMS}?{query}"))) == set(found), query


@pytest.mark.parametrize("who", ["admin", "viewer"])
def test_current_and_past_seats_can_be_searched_and_filtered(who, room, owner, request):
    client = request.getfixturevalue(who)
    ada, grace = active_seat(room, "Ada", user=owner), ended_seat(room, "Grace", "removed")
    assert set(listed(client.get(SEATS))) == {ada, grace}
    assert listed(client.get(f"{SEATS}?q=grace")) == [grace]
    assert listed(client.get(f"{SEATS}?q=owner@example.org")) == [ada]
    assert listed(client.get(f"{SEATS}?state__exact=in")) == [ada]
    assert listed(client.get(f"{SEATS}?reason__exact=removed")) == [grace]
    assert set(listed(client.get(f"{SEATS}?room__id__exact={room.pk}"))) == {ada, grace}


def test_no_page_shows_key_hashes_guest_ids_or_chat_text(admin, room):
    ada, grace = active_seat(room, "Ada"), active_seat(room, "Grace")
    lines = [chat_message(ada, "to you all"), chat_message(ada, "only for you", to=grace)]
    pages = [admin.get(url) for url in (ROOMS, SEATS, CHAT)]
    pages += [admin.get(reverse("admin:rooms_seat_change", args=[ada.pk]))]
    pages += [admin.get(reverse("admin:rooms_chatmessage_change", args=[line.pk])) for line in lines]
    for page in pages:
        for secret in (ada.key_hash, ada.guest, "to you all", "only for you"):
            assert secret not in page_text(page), (page.request["PATH_INFO"], secret)


def test_users_can_be_searched_and_filtered(admin, owner, outsider):
    assert listed(admin.get(f"{USERS}?q=olive")) == [owner]
    assert listed(admin.get(f"{USERS}?q=outsider@")) == [outsider]
    assert [user.email for user in listed(admin.get(f"{USERS}?is_staff__exact=1"))] == ["admin@example.org"]


@pytest.mark.parametrize("url", [ROOMS, SEATS, CHAT, USERS])
def test_the_query_count_does_not_grow_with_the_rows(url, admin, owner):
    def add_rows() -> None:
        for _ in range(5):
            person = User.objects.create_user(email=f"{secrets.token_hex(4)}@example.org", nickname="Some")
            room = create_room(owner=person)
            ada, grace = active_seat(room, "Ada", user=person), ended_seat(room, "Grace")
            chat_message(ada, "hello"), chat_message(grace, "hello", to=ada)

    add_rows()
    admin.get(url)
    with CaptureQueriesContext(
        connection,
    ) as few:
        shown = len(listed(admin.get(url)))
    add_rows()
    with CaptureQueriesContext(connection) as many:
        assert len(listed(admin.get(url))) > shown
    assert len(many) == len(few), many.captured_queries


# --- permissions ----------------------------------------------------------------------------------


@pytest.mark.parametrize("model", READ_ONLY)
@pytest.mark.parametrize("who", ["admin", "viewer"])
def test_seats_and_chat_are_read_only(who, model, room, request):
    client = request.getfixturevalue(who)
    ada = active_seat(room, "Ada")
    row = ada if model == "seat" else chat_message(ada, "hello")
    change, delete = (reverse(f"admin:rooms_{model}_{verb}", args=[row.pk]) for verb in ("change", "delete"))
    assert 'name="_save"' not in page_text(client.get(change))
    before = type(row).objects.values().get()
    assert client.get(reverse(f"admin:rooms_{model}_add")).status_code == 403
    for url in (change, delete, reverse(f"admin:rooms_{model}_add")):
        assert client.post(url, {"nickname": "Eve", "post": "yes"}).status_code == 403, url
    run_action(client, reverse(f"admin:rooms_{model}_changelist"), "delete_selected", row)
    assert type(row).objects.values().get() == before


def test_a_room_with_history_cannot_be_deleted(admin, owner, room):
    ended_seat(room, "Ada")
    url = reverse("admin:rooms_room_delete", args=[room.pk])
    assert admin.post(url, {"post": "yes"}).status_code == 403
    run_action(admin, ROOMS, "delete_selected", room)
    admin.post(reverse("admin:accounts_user_delete", args=[owner.pk]), {"post": "yes"})
    admin.post(USERS, {"action": "delete_selected", "_selected_action": [owner.pk], "post": "yes"})
    assert Room.objects.get() == room


@pytest.mark.parametrize("who", ["viewer", "outsider", "owner", "guest"])
def test_people_without_permission_cannot_change_anything(who, room, owner, outsider, viewer):
    client = {"viewer": viewer, "guest": Client()}.get(who) or client_for({"owner": owner, "outsider": outsider}[who])
    ada = active_seat(room, "Ada")
    if who == "viewer":
        for url in (ROOMS, SEATS):
            assert 'name="action"' not in page_text(client.get(url))
    run_action(client, ROOMS, "close_rooms", room)
    run_action(client, ROOMS, "reopen_rooms", room)
    run_action(client, SEATS, "remove_from_room", ada)
    client.post(reverse("admin:rooms_room_change", args=[room.pk]), {"name": "Mine", "capacity": 2, "keeps_chat": "on"})
    room.refresh_from_db()
    ada.refresh_from_db()
    assert (room.name, room.keeps_chat, room.is_open, ada.state) == ("Weekly", False, True, "in")
    if who != "viewer":
        for url in (ROOMS, SEATS, CHAT, USERS):
            assert client.get(url).status_code in (302, 403)


def test_staff_can_only_run_the_actions_they_have_permission_for(room, owner):
    closer = staff("closer@example.org", "view_room", "change_room")
    run_action(closer, ROOMS, "close_rooms", room)
    room.refresh_from_db()
    assert not room.is_open
    assert run_action(closer, SEATS, "remove_from_room", active_seat(room, "Ada")).status_code == 403


def test_an_admin_can_create_a_room_for_a_user_but_not_change_its_owner(admin, owner, outsider):
    admin.post(reverse("admin:rooms_room_add"), {"name": "Made", "owner": owner.pk, "capacity": 4})
    room = Room.objects.get()
    change = reverse("admin:rooms_room_change", args=[room.pk])
    admin.post(change, {"name": "Renamed", "owner": outsider.pk, "capacity": 5, "keeps_chat": "on"})
    room.refresh_from_db()
    assert (room.name, room.capacity, room.keeps_chat, room.owner, room.rev) == ("Renamed", 5, True, owner, 2)
    assert "less than or equal to 8" in page_text(admin.post(change, {"name": "Renamed", "capacity": 99}))


def test_a_deleted_room_cannot_be_changed_or_reopened(admin, owner, room):
    delete_room(room=room, by=owner)
    for action in ("close_rooms", "reopen_rooms"):
        assert "0 rooms were" in page_text(run_action(admin, ROOMS, action, room))
    change = reverse("admin:rooms_room_change", args=[room.pk])
    assert admin.post(change, {"name": "Again", "capacity": 4}).status_code == 403
    room.refresh_from_db()
    assert (room.name, room.is_open) == ("Weekly", False)
