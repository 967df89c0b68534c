"""The `Room` model."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.ground.clock import now
from config.ground.unicode.visible import visible_title
from rooms import protocol
from rooms.models.codes import new_code


class Room(models.Model):
    """A place for meetings with a permanent link. ``rev`` rises with every change, and orders its events."""

    slug = models.SlugField(_("code"), max_length=32, unique=True, default=new_code, editable=False)
    name = models.CharField(_("name"), max_length=protocol.ROOM_NAME_MAX, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="rooms", verbose_name=_("owner")
    )
    # Created by "New meeting" for one meeting, and deleted when it is no longer used.
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
    # When the present meeting began: the first seat was taken after the room had been empty.
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

    def clean(self) -> None:
        super().clean()
        self.name = visible_title(self.name)

    @property
    def title(self) -> str:
        """The name, or the code of a room without one."""
        return self.name or self.slug

    @property
    def is_open(self) -> bool:
        return self.closed_at is None and self.deleted_at is None
