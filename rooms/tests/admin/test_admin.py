"""Running the place: what admins see, what they may do, and what nobody may."""

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
from rooms.services import rooms as services

ROOMS, SEATS, CHAT = (reverse(f"admin:rooms_{name}_changelist") for name in ("room", "seat", "chatmessage"))
USERS = reverse("admin:accounts_user_changelist")
READ_ONLY = ("seat", "chatmessage")


@pytest.fixture(autouse=True)
def quick_pages(settings: Any) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


def staff(email: str, *permissions: str, **flags: bool) -> Client:
    user = User.objects.create_user(email=email, password=None, nickname=email.split("@")[0], is_staff=True, **flags)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return browser(user)


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def admin(transactional_db: None) -> Client:
    return staff("admin@example.org", is_superuser=True)


@pytest.fixture
def watcher(transactional_db: None) -> Client:
    """Staff who may look at everything and touch nothing."""
    return staff("watcher@example.org", "view_room", "view_seat", "view_chatmessage", "view_user")


def sits(room: Room, nickname: str, **values: Any) -> Seat:
    return Seat.objects.create(
        room=room, nickname=nickname, nickname_key=nickname.lower(), key_hash=secrets.token_hex(32), page="a" * 8,
        joined_at=clock.now(), process="p" * 16, socket="1", guest=secrets.token_hex(16), **values,
    )  # fmt: skip


def sat(room: Room, nickname: str, reason: str = "left") -> Seat:
    return sits(room, nickname, state="ended", reason=reason, ended_at=clock.now())


def said(seat: Seat, text: str, to: Seat | None = None) -> ChatMessage:
    ref = secrets.token_hex(4)
    return ChatMessage.objects.create(
        room=seat.room, seat=seat, to=to, nickname=seat.nickname, text=text, ref=ref, sent_at=clock.now()
    )


def text(response: Any) -> str:
    assert response.status_code == 200, response.status_code
    return str(response.content.decode())


def rows(response: Any) -> list[Any]:
    assert response.status_code == 200, response.status_code
    return list(response.context["cl"].result_list)


def does(client: Client, url: str, action: str, *chosen: Any) -> Any:
    values = {"action": action, "_selected_action": [one.pk for one in chosen]}
    return client.post(url, values, follow=True)


# --- what is seen ---------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["admin", "watcher"])
def test_rooms_with_who_is_inside(who, room, request):
    client = request.getfixturevalue(who)
    sits(room, "Ada"), sits(room, "Grace"), sat(room, "Linus")
    page = client.get(ROOMS)
    assert [one.inside for one in rows(page)] == [2]
    assert {"Weekly", room.slug, "owner@example.org"} <= set(text(page).replace("<", ">").split(">"))
    assert room.get_absolute_url() in text(client.get(reverse("admin:rooms_room_change", args=[room.pk])))


def test_rooms_are_found_by_code_name_and_owner_and_filtered_by_state_and_people(admin, owner, room):
    closed, gone = (services.create_room(owner=owner, name=name) for name in ("Shut", "Gone"))
    services.close_room(room=closed, by=owner)
    services.delete_room(room=gone, by=owner)
    sits(room, "Ada")
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
        assert set(rows(admin.get(f"{ROOMS}?{query}"))) == set(found), query


@pytest.mark.parametrize("who", ["admin", "watcher"])
def test_seats_live_and_past(who, room, owner, request):
    client = request.getfixturevalue(who)
    ada, grace = sits(room, "Ada", user=owner), sat(room, "Grace", "removed")
    assert set(rows(client.get(SEATS))) == {ada, grace}
    assert rows(client.get(f"{SEATS}?q=grace")) == [grace]
    assert rows(client.get(f"{SEATS}?q=owner@example.org")) == [ada]
    assert rows(client.get(f"{SEATS}?state__exact=in")) == [ada]
    assert rows(client.get(f"{SEATS}?reason__exact=removed")) == [grace]
    assert set(rows(client.get(f"{SEATS}?room__id__exact={room.pk}"))) == {ada, grace}


def test_no_page_shows_a_key_a_guest_id_or_what_was_said(admin, room):
    ada, grace = sits(room, "Ada"), sits(room, "Grace")
    lines = [said(ada, "to you all"), said(ada, "only for you", to=grace)]
    pages = [admin.get(url) for url in (ROOMS, SEATS, CHAT)]
    pages += [admin.get(reverse("admin:rooms_seat_change", args=[ada.pk]))]
    pages += [admin.get(reverse("admin:rooms_chatmessage_change", args=[line.pk])) for line in lines]
    for page in pages:
        for secret in (ada.key_hash, ada.guest, "to you all", "only for you"):
            assert secret not in text(page), (page.request["PATH_INFO"], secret)


def test_users_are_found_and_filtered(admin, owner, outsider):
    assert rows(admin.get(f"{USERS}?q=olive")) == [owner]
    assert rows(admin.get(f"{USERS}?q=outsider@")) == [outsider]
    assert [user.email for user in rows(admin.get(f"{USERS}?is_staff__exact=1"))] == ["admin@example.org"]


@pytest.mark.parametrize("url", [ROOMS, SEATS, CHAT, USERS])
def test_more_rows_need_no_more_queries(url, admin, owner):
    def some() -> None:
        for _ in range(5):
            person = User.objects.create_user(email=f"{secrets.token_hex(4)}@example.org", nickname="Some")
            room = services.create_room(owner=person)
            ada, grace = sits(room, "Ada", user=person), sat(room, "Grace")
            said(ada, "hello"), said(grace, "hello", to=ada)

    some()
    admin.get(url)
    with CaptureQueriesContext(
        connection,
    ) as few:
        shown = len(rows(admin.get(url)))
    some()
    with CaptureQueriesContext(connection) as many:
        assert len(rows(admin.get(url))) > shown
    assert len(many) == len(few), many.captured_queries


# --- what nobody may ------------------------------------------------------------------------------


@pytest.mark.parametrize("model", READ_ONLY)
@pytest.mark.parametrize("who", ["admin", "watcher"])
def test_history_is_read_and_nothing_else(who, model, room, request):
    client = request.getfixturevalue(who)
    ada = sits(room, "Ada")
    row = ada if model == "seat" else said(ada, "hello")
    change, delete = (reverse(f"admin:rooms_{model}_{verb}", args=[row.pk]) for verb in ("change", "delete"))
    assert 'name="_save"' not in text(client.get(change))
    before = type(row).objects.values().get()
    assert client.get(reverse(f"admin:rooms_{model}_add")).status_code == 403
    for url in (change, delete, reverse(f"admin:rooms_{model}_add")):
        assert client.post(url, {"nickname": "Eve", "post": "yes"}).status_code == 403, url
    does(client, reverse(f"admin:rooms_{model}_changelist"), "delete_selected", row)
    assert type(row).objects.values().get() == before


def test_no_room_is_deleted_with_its_history(admin, owner, room):
    sat(room, "Ada")
    url = reverse("admin:rooms_room_delete", args=[room.pk])
    assert admin.post(url, {"post": "yes"}).status_code == 403
    does(admin, ROOMS, "delete_selected", room)
    admin.post(reverse("admin:accounts_user_delete", args=[owner.pk]), {"post": "yes"})
    admin.post(USERS, {"action": "delete_selected", "_selected_action": [owner.pk], "post": "yes"})
    assert Room.objects.get() == room


@pytest.mark.parametrize("who", ["watcher", "outsider", "owner", "guest"])
def test_those_without_permission_do_nothing(who, room, owner, outsider, watcher):
    client = {"watcher": watcher, "guest": Client()}.get(who) or browser({"owner": owner, "outsider": outsider}[who])
    ada = sits(room, "Ada")
    if who == "watcher":
        for url in (ROOMS, SEATS):
            assert 'name="action"' not in text(client.get(url))
    does(client, ROOMS, "close_rooms", room)
    does(client, ROOMS, "reopen_rooms", room)
    does(client, SEATS, "remove_from_room", ada)
    client.post(reverse("admin:rooms_room_change", args=[room.pk]), {"name": "Mine", "capacity": 2, "keeps_chat": "on"})
    room.refresh_from_db()
    ada.refresh_from_db()
    assert (room.name, room.keeps_chat, room.is_open, ada.state) == ("Weekly", False, True, "in")
    if who != "watcher":
        for url in (ROOMS, SEATS, CHAT, USERS):
            assert client.get(url).status_code in (302, 403)


def test_staff_with_the_permission_and_no_more_may_act(room, owner):
    closer = staff("closer@example.org", "view_room", "change_room")
    does(closer, ROOMS, "close_rooms", room)
    room.refresh_from_db()
    assert not room.is_open
    assert does(closer, SEATS, "remove_from_room", sits(room, "Ada")).status_code == 403


def test_a_room_is_made_for_somebody_and_its_owner_stays(admin, owner, outsider):
    admin.post(reverse("admin:rooms_room_add"), {"name": "Made", "owner": owner.pk, "capacity": 4})
    room = Room.objects.get()
    change = reverse("admin:rooms_room_change", args=[room.pk])
    admin.post(change, {"name": "Renamed", "owner": outsider.pk, "capacity": 5, "keeps_chat": "on"})
    room.refresh_from_db()
    assert (room.name, room.capacity, room.keeps_chat, room.owner, room.rev) == ("Renamed", 5, True, owner, 2)
    assert "less than or equal to 8" in text(admin.post(change, {"name": "Renamed", "capacity": 99}))


def test_a_deleted_room_stays_deleted(admin, owner, room):
    services.delete_room(room=room, by=owner)
    for action in ("close_rooms", "reopen_rooms"):
        assert "0 rooms were" in text(does(admin, ROOMS, action, room))
    change = reverse("admin:rooms_room_change", args=[room.pk])
    assert admin.post(change, {"name": "Again", "capacity": 4}).status_code == 403
    room.refresh_from_db()
    assert (room.name, room.is_open) == ("Weekly", False)
