"""Every durable write of rooms and chat. What changes a live call is told to it once it is committed."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import transaction
from django.db.models import F

from rooms import protocol, ready, seats
from rooms.access import Denied, may_change
from rooms.clock import clock
from rooms.models import ChatMessage, Room, Seat
from rooms.outgoing import EVERYBODY, ROOM, Outgoing, announce, send_away
from rooms.retention import kept_since

By = AbstractBaseUser | AnonymousUser


def create_room(
    *,
    owner: AbstractBaseUser,
    name: str = "",
    capacity: int = protocol.CAPACITY_DEFAULT,
    keeps_chat: bool = False,
    instant: bool = False,
) -> Room:
    return Room.objects.create(
        owner_id=owner.pk, name=name.strip(), capacity=capacity, keeps_chat=keeps_chat, instant=instant
    )


def _changed(room: Room, by: By, **values: object) -> None:
    """Write ``values``, raise the room's rev, tell the call. Raises Denied."""
    if not may_change(room, by):
        raise Denied
    Room.objects.filter(pk=room.pk).update(**values, rev=F("rev") + 1)
    room.refresh_from_db()
    announce(room, [Outgoing(ROOM, protocol.RoomUpdated(room=seats.room_on_wire(room)))])


@transaction.atomic
def rename_room(*, room: Room, by: By, name: str) -> None:
    _changed(room, by, name=name.strip()[: protocol.ROOM_NAME_MAX])


@transaction.atomic
def set_capacity(*, room: Room, by: By, capacity: int) -> None:
    """People already inside stay, even over the new capacity."""
    _changed(room, by, capacity=max(2, min(capacity, protocol.CAPACITY_MAX)))


@transaction.atomic
def keep_chat(*, room: Room, by: By, keep: bool) -> None:
    """From now on. What was written before under a promise to forget is forgotten; to forget holds for all."""
    _changed(room, by, keeps_chat=keep)
    if not keep:
        ChatMessage.objects.filter(room=room).update(until_end=True)


@transaction.atomic
def close_room(*, room: Room, by: By) -> None:
    """Nobody can enter any more; who is inside is sent home."""
    _changed(room, by, closed_at=room.closed_at or clock.now())
    _send_home(room)


@transaction.atomic
def reopen_room(*, room: Room, by: By) -> None:
    _changed(room, by, closed_at=None)


@transaction.atomic
def delete_room(*, room: Room, by: By) -> None:
    """Out of every list and closed for good; the history stays until its retention ends."""
    now = clock.now()
    _changed(room, by, closed_at=room.closed_at or now, deleted_at=now)
    _send_home(room)


def _send_home(room: Room) -> None:
    seats.end(Seat.objects.filter(room=room), Seat.Reason.CLOSED)
    announce(room, [Outgoing(EVERYBODY, protocol.bye("closed"))])


@transaction.atomic
def remove_seat(*, seat: Seat, by: By) -> None:
    """End the seat for good. Raises Denied for strangers, and where the seat is the owner's own."""
    if not may_change(seat.room, by) or (seat.user_id == seat.room.owner_id and seat.user_id is not None):
        raise Denied
    # Whoever takes a seat holds this lock: nobody comes back between the question and the answer.
    Room.objects.select_for_update().get(pk=seat.room_id)
    ended = seats.end(Seat.objects.filter(pk=seat.pk), Seat.Reason.REMOVED)
    announce(seat.room, [out for one in ended for out in (left(one), Outgoing(one.pk, protocol.bye("removed")))])


@transaction.atomic
def end_visits(*, user_id: int, session: str = "") -> None:
    """The account is gone, or one session of it (named by its guest id): its seats end, its sockets close."""
    theirs = Seat.objects.filter(user=user_id)
    for seat in seats.end(theirs.filter(guest=session) if session else theirs, Seat.Reason.LEFT):
        announce(seat.room, [left(seat)])
    send_away(user_id, session)


def left(seat: Seat) -> Outgoing:
    """The news that a seat ended."""
    return Outgoing(ROOM, protocol.SeatLeft(id=seat.pk, reason=seats.reason_on_wire(seat), rev=seat.rev))


# --- chat -----------------------------------------------------------------------------------------


def say(*, seat: Seat, text: str, ref: str, to: str | None) -> ChatMessage:
    """Keep a line of chat; saying it again with the same ``ref`` gives back the first. Raises Refused."""
    line = text.replace("\0", "").strip()  # PostgreSQL keeps no NUL
    if not line:
        raise protocol.Refused("bad_message", "There is nothing in that message.")
    if len(line) > protocol.CHAT_MAX:
        raise protocol.Refused("too_large", f"A message can have up to {protocol.CHAT_MAX} characters.")
    defaults = {
        "room_id": seat.room_id,
        "to_id": to,
        "to_nickname": _name_of(to, seat) if to else "",
        "nickname": seat.nickname,
        "text": line,
        "sent_at": clock.now(),
        "until_end": not seat.room.keeps_chat,
    }
    return ChatMessage.objects.get_or_create(seat=seat, ref=ref, defaults=defaults)[0]


def _name_of(to: str, writer: Seat) -> str:
    """Whom a private line is for. Raises Refused unless they sit in the room."""
    name = seats.live([writer.room_id]).exclude(pk=writer.pk).filter(pk=to).values_list("nickname", flat=True).first()
    if name is None:
        raise protocol.Refused("no_such_seat")
    return name


def chat_of(seat: Seat, room: Room, before: int = protocol.LINE_ID_MAX) -> list[ChatMessage]:
    """The last lines that this seat may read and that came before one of them, oldest first."""
    assert room.gathered_at is not None
    lines = ready.chat_of(
        room.pk, seat.pk, since=room.gathered_at, kept_since=kept_since(), before=before, most=protocol.CHAT_HISTORY
    )
    return lines[::-1]


def line_on_wire(line: ChatMessage) -> protocol.ChatLine:
    return protocol.ChatLine(
        id=line.pk,
        seat=line.seat_id,
        nickname=line.nickname,
        text=line.text,
        to=line.to_id,
        to_nickname=line.to_nickname or None,
        sent_at=line.sent_at.timestamp(),
        ref=line.ref,
    )
