"""The `ChatMessage` model."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rooms import protocol
from rooms.models.rooms import Room
from rooms.models.seats import Seat


class ChatMessage(models.Model):
    """A chat message, to the whole room or to one seat (``to``), with nicknames as they were when it was sent.

    ``ref`` is chosen by the page and unique per seat, so that a message sent again is stored once.
    """

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="chat", verbose_name=_("room"))
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="said")
    to = models.ForeignKey(Seat, on_delete=models.CASCADE, null=True, blank=True, related_name="heard")
    nickname = models.CharField(_("name"), max_length=protocol.NICKNAME_MAX)
    to_nickname = models.CharField(max_length=protocol.NICKNAME_MAX, blank=True, db_default="")
    text = models.TextField(max_length=protocol.CHAT_MAX)
    ref = models.CharField(max_length=protocol.REF_MAX)
    sent_at = models.DateTimeField(_("sent at"))
    # The message is deleted when everybody has left. Stored per message: what its author was told holds, even if the
    # room keeps its chat from later on.
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
