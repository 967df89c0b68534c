"""Database rows as the records and messages of the wire."""

from __future__ import annotations

from typing import cast

from django.conf import settings

from rooms import protocol
from rooms.models import ChatMessage, Room, Seat
from rooms.services.events import ROOM, Event


def seat_record(seat: Seat) -> protocol.Seat:
    return protocol.Seat(
        id=seat.pk,
        nickname=seat.nickname,
        role="host" if seat.role == Seat.Role.HOST else "member",
        guest=seat.user_id is None,
        mic=seat.mic,
        cam=seat.cam,
        screen=seat.screen,
        hand=seat.hand.timestamp() if seat.hand else None,
        spotlight=seat.spotlight,
        joined_at=seat.joined_at.timestamp(),
        away=seat.away_at is not None,
        epoch=seat.epoch,
        rev=seat.rev,
    )


def room_record(room: Room) -> protocol.Room:
    days = settings.LANAI_RETENTION_DAYS if room.keeps_chat else 0
    return protocol.Room(slug=room.slug, name=room.title, capacity=room.capacity, chat_days=days, rev=room.rev)


def chat_record(line: ChatMessage) -> protocol.ChatLine:
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


def seat_left(seat: Seat) -> protocol.SeatLeft:
    """Return the message that a seat ended."""
    return protocol.SeatLeft(id=seat.pk, reason=cast(protocol.LeftReason, str(seat.reason)), rev=seat.rev)


def seat_updated(seat: Seat) -> Event:
    """Return the event that a seat changed, for its whole room."""
    return Event(ROOM, protocol.SeatUpdated(seat=seat_record(seat)))
