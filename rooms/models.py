"""Durable state and its constraints. Every write goes through services.py or seats.py."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rooms import protocol
from rooms.clock import now

# No look-alikes (i, l, o, 0, 1) and no u, so that a code can be read aloud and rarely spells a word.
CODE_ALPHABET = "abcdefghjkmnpqrstvwxyz23456789"
CODE_GROUPS = (3, 4, 3)


def new_code() -> str:
    """A room code like ``abc-defg-hjk``: ten letters of thirty, about 49 bits."""
    return "-".join("".join(secrets.choice(CODE_ALPHABET) for _ in range(n)) for n in CODE_GROUPS)


def new_seat_id() -> str:
    return secrets.token_hex(8)


class Room(models.Model):
    slug = models.SlugField(_("code"), max_length=32, unique=True, default=new_code, editable=False)
    name = models.CharField(_("name"), max_length=protocol.ROOM_NAME_MAX, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="rooms", verbose_name=_("owner")
    )
    # Made by "New meeting", for one meeting: forgotten when nobody uses it any more.
    instant = models.BooleanField(default=False, editable=False)
    capacity = models.PositiveSmallIntegerField(
        _("capacity"),
        default=protocol.CAPACITY_DEFAULT,
        validators=[MinValueValidator(2), MaxValueValidator(protocol.CAPACITY_MAX)],
    )
    keeps_chat = models.BooleanField(
        _("keeps its chat"),
        default=False,
        db_default=False,
        help_text=_(
            "Messages stay for whoever comes later, until their time is over. "
            "Otherwise they are deleted when everybody has left."
        ),
    )
    created_at = models.DateTimeField(_("created at"), default=now, editable=False)
    # When the present meeting began: the first seat taken after the room had stood empty.
    gathered_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True, editable=False)
    deleted_at = models.DateTimeField(_("deleted at"), null=True, blank=True, editable=False)
    rev = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(capacity__gte=2, capacity__lte=protocol.CAPACITY_MAX),
                name="room_capacity_in_range",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("room", args=[self.slug])

    @property
    def title(self) -> str:
        return self.name or self.slug

    @property
    def is_open(self) -> bool:
        return self.closed_at is None and self.deleted_at is None


class Process(models.Model):
    """A server process that holds seats; alive while its row is beaten."""

    boot = models.CharField(max_length=16, primary_key=True)
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name_plural = "processes"

    def __str__(self) -> str:
        return self.boot


class Seat(models.Model):
    class Role(models.TextChoices):
        HOST = "host", _("Host")
        MEMBER = "member", _("Member")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        IN = "in", _("In")
        ENDED = "ended", _("Ended")

    class Reason(models.TextChoices):
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
    # What a hand that was lowered goes back to if it is raised again at once.
    hand_before = models.DateTimeField(_("hand was raised at"), null=True, blank=True)
    hand_lowered_at = models.DateTimeField(null=True, blank=True)
    spotlight = models.BooleanField(_("spotlight"), default=False, db_default=False)

    joined_at = models.DateTimeField(_("joined at"))
    ended_at = models.DateTimeField(_("left at"), null=True, blank=True)
    page = models.CharField(max_length=32)
    epoch = models.PositiveIntegerField(default=1)
    attempt = models.PositiveIntegerField(default=1)
    # Which socket of which process keeps this seat alive; both stay after the socket is gone, so that
    # only the last holder can say so.
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


class ChatMessage(models.Model):
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="chat", verbose_name=_("room"))
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="said")
    to = models.ForeignKey(Seat, on_delete=models.CASCADE, null=True, blank=True, related_name="heard")
    nickname = models.CharField(_("name"), max_length=protocol.NICKNAME_MAX)
    to_nickname = models.CharField(max_length=protocol.NICKNAME_MAX, blank=True, db_default="")
    text = models.TextField(max_length=protocol.CHAT_MAX)
    ref = models.CharField(max_length=protocol.REF_MAX)
    sent_at = models.DateTimeField(_("sent at"))
    # What the writer was promised holds, whatever is decided of the room later: deleted when everybody has left.
    until_end = models.BooleanField(default=True, db_default=True)

    class Meta:
        verbose_name = _("chat message")
        verbose_name_plural = _("chat messages")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["seat", "ref"], name="chat_said_once"),
            models.CheckConstraint(condition=~Q(to=F("seat")), name="chat_not_to_self"),
        ]
        indexes = [
            models.Index(fields=["room", "id"], name="chat_by_room"),
            models.Index(fields=["room"], condition=Q(until_end=True), name="chat_until_end"),
        ]

    def __str__(self) -> str:
        return f"{self.nickname}, {self.sent_at:%H:%M}"
