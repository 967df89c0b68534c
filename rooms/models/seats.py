"""The `Seat` model."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rooms import protocol
from rooms.models.rooms import Room


def new_seat_id() -> str:
    """Return a random id of 16 hexadecimal digits."""
    return secrets.token_hex(8)


class Seat(models.Model):
    """A person's place in a room. It outlives the sockets that hold it, so that reloads and lost networks are survived.

    ``key_hash`` is the hash of the page's secret that gives the seat back; ``page`` and ``epoch`` tell pages that held
    it one after the other apart; ``attempt`` orders the hellos of one key; ``rev`` rises with every change, and orders
    its events. A seat that has ended has a time and a reason.
    """

    class Role(models.TextChoices):
        """What the person may do in the room."""

        HOST = "host", _("Host")
        MEMBER = "member", _("Member")

    class State(models.TextChoices):
        """Whether the seat is taken. WAITING is not used yet."""

        WAITING = "waiting", _("Waiting")
        IN = "in", _("In")
        ENDED = "ended", _("Ended")

    class Reason(models.TextChoices):
        """Why the seat ended."""

        LEFT = "left", _("Left")
        EXPIRED = "expired", _("Expired")
        REMOVED = "removed", _("Removed")
        CLOSED = "closed", _("Closed")

    id = models.CharField(max_length=16, primary_key=True, default=new_seat_id, editable=False)
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="seats", verbose_name=_("room"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="seats",
        verbose_name=_("account"),
    )
    guest = models.CharField(_("guest id"), max_length=32, blank=True, db_index=True)
    key_hash = models.CharField(max_length=64)
    nickname = models.CharField(_("name"), max_length=protocol.NICKNAME_MAX)
    nickname_key = models.CharField(max_length=4 * protocol.NICKNAME_MAX)
    role = models.CharField(_("role"), max_length=8, choices=Role.choices, default=Role.MEMBER)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.IN)
    reason = models.CharField(_("reason"), max_length=8, choices=Reason.choices, blank=True)

    mic = models.BooleanField(_("microphone"), default=False)
    cam = models.BooleanField(_("camera"), default=False)
    screen = models.BooleanField(_("screen"), default=False)
    hand = models.DateTimeField(_("hand raised at"), null=True, blank=True)
    # The time to which a hand returns if it is raised again within HAND_UNDO_SECONDS of being lowered.
    hand_before = models.DateTimeField(_("hand was raised at"), null=True, blank=True)
    hand_lowered_at = models.DateTimeField(null=True, blank=True)
    spotlight = models.BooleanField(_("spotlight"), default=False, db_default=False)

    joined_at = models.DateTimeField(_("joined at"))
    ended_at = models.DateTimeField(_("left at"), null=True, blank=True)
    page = models.CharField(max_length=32)
    epoch = models.PositiveIntegerField(default=1)
    attempt = models.PositiveIntegerField(default=1)
    # The lease (rules.lease.Lease): the socket that keeps this seat alive. It stays after the socket has closed, so
    # that only the last holder can release the seat.
    process = models.CharField(_("process"), max_length=16)
    socket = models.CharField(_("socket"), max_length=16)
    away_at = models.DateTimeField(_("away since"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends if still away at"), null=True, blank=True)
    rev = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["joined_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["room", "nickname_key"],
                condition=~Q(state="ended"),
                name="seat_nickname_unique_while_live",
            ),
            models.UniqueConstraint(
                fields=["room", "key_hash"], condition=~Q(state="ended"), name="seat_key_unique_while_live"
            ),
            models.UniqueConstraint(fields=["room"], condition=Q(spotlight=True), name="seat_spotlight_one_per_room"),
            models.CheckConstraint(
                condition=Q(state="ended", ended_at__isnull=False) & ~Q(reason="")
                | ~Q(state="ended") & Q(ended_at__isnull=True, reason=""),
                name="seat_ended_has_time_and_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["ends_at"], condition=~Q(state="ended"), name="seat_due"),
            models.Index(fields=["process"], condition=~Q(state="ended"), name="seat_held"),
            models.Index(fields=["room"], condition=~Q(state="ended"), name="seat_roster"),
        ]

    def __str__(self) -> str:
        return self.nickname
