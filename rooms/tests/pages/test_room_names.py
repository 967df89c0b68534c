"""Names of rooms: nothing hidden, no turned direction, in the owner's forms and in the admin."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from rooms.models import Room
from rooms.services.rooms import RoomChange, change_room, create_room

VALUES = {"capacity": "4", "keeps_chat": "False"}
NAMES = [
    ("\u202eylkeeW", "ylkeeW"),
    ("Week\u2067ly\u2069", "Weekly"),
    ("Weekly\u034f\ufe0f\u3164", "Weekly"),
    ("\u3164", ""),
    ("\u2800\u200b", ""),
    ("W\u0310\u0310\u0310eekly\n", "W\u0310eekly"),
    ("½ ™ علی\u200cرضا 👩\u200d💻", "½ ™ علی\u200cرضا 👩\u200d💻"),
]


@pytest.mark.parametrize(("typed", "name"), NAMES)
def test_a_name_is_cleaned_wherever_it_is_given(as_owner: Client, owner: User, typed: str, name: str) -> None:
    as_owner.post("/rooms/create/", {"name": typed, **VALUES})
    room = Room.objects.get()
    assert room.name == name
    change_room(room=room, by=owner, change=RoomChange(name="Other"))
    as_owner.post(f"/rooms/{room.slug}/", {"name": typed, **VALUES})
    room.refresh_from_db()
    assert (room.name, create_room(owner=owner, name=typed).name) == (name, name)


@pytest.mark.django_db
def test_a_name_is_cleaned_in_the_admin(client: Client) -> None:
    admin = User.objects.create_superuser("admin@example.org", "a long password", nickname="Admin")
    client.force_login(admin)
    url = reverse("admin:rooms_room_add")
    client.post(url, {"name": "\u202eylkeeW\u3164", "owner": admin.pk, "capacity": "4"})
    assert Room.objects.get().name == "ylkeeW"


def test_a_room_named_by_earlier_rules_stays_and_can_be_changed(as_owner: Client, owner: User) -> None:
    room = create_room(owner=owner)
    Room.objects.filter(pk=room.pk).update(name="\u202eylkeeW")
    assert as_owner.get(f"/rooms/{room.slug}/").status_code == 200
    as_owner.post(f"/rooms/{room.slug}/", {"name": "\u202eylkeeW", "capacity": "5", "keeps_chat": "False"})
    room.refresh_from_db()
    assert (room.name, room.capacity) == ("ylkeeW", 5)
