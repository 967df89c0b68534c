"""Rooms, seats and chat messages in the admin. Only rooms can be edited; history can only be read."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from rooms.models import ChatMessage, Room, Seat
from rooms.rules.access import Denied
from rooms.services import seats
from rooms.services.moderation import remove_person
from rooms.services.rooms import RoomChange, change_room, close_room, reopen_room

EDITABLE = {field.name for field in fields(RoomChange)}


class ReportingAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """An admin whose actions report how many objects they changed."""

    def _report(self, request: HttpRequest, count: int, sentence: str) -> None:
        """Show the result of an action; ``sentence`` has a place for the count."""
        level = messages.SUCCESS if count else messages.WARNING
        self.message_user(request, sentence % {"count": count}, level)


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """An admin without adding, changing and deleting."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class StateFilter(admin.SimpleListFilter):
    """Filters rooms that are open, closed or deleted."""

    title = _("state")
    parameter_name = "state"
    CHOICES = {
        "open": (_("open"), Q(closed_at=None, deleted_at=None)),
        "closed": (_("closed"), Q(closed_at__isnull=False, deleted_at=None)),
        "deleted": (_("deleted"), Q(deleted_at__isnull=False)),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(value, str(choice[0])) for value, choice in self.CHOICES.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.CHOICES.get(self.value() or "")
        return queryset.filter(chosen[1]) if chosen else queryset


class LiveFilter(admin.SimpleListFilter):
    """Filters rooms with and without people inside; ``inside`` is annotated by RoomAdmin."""

    title = _("people inside")
    parameter_name = "live"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", gettext("now")), ("no", gettext("nobody"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "yes":
            return queryset.filter(inside__gt=0)
        return queryset.filter(inside=0) if self.value() == "no" else queryset


@admin.register(Room)
class RoomAdmin(ReportingAdmin):
    """Rooms: changed, closed and reopened through services, so that the people inside see it."""

    list_display = ["title", "inside", "state", "owner", "slug", "capacity", "created_at"]
    list_filter = [LiveFilter, StateFilter, "created_at"]
    search_fields = ["slug", "name", "owner__email", "owner__nickname"]
    list_select_related = ["owner"]
    autocomplete_fields = ["owner"]
    date_hierarchy = "created_at"
    actions = ["close_rooms", "reopen_rooms"]
    fields = [
        "name",
        "owner",
        "capacity",
        "keeps_chat",
        "slug",
        "link",
        "people",
        "created_at",
        "closed_at",
        "deleted_at",
    ]
    readonly_fields = ["slug", "link", "people", "created_at", "closed_at", "deleted_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Room]:
        inside = Count("seats", filter=Q(seats__state=Seat.State.IN))
        rooms: QuerySet[Room] = super().get_queryset(request)
        return rooms.annotate(inside=inside)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields if obj else ["name", "owner", "capacity", "keeps_chat"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [*self.readonly_fields, *(["owner"] if obj else [])]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return (obj is None or obj.deleted_at is None) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # deleting would also delete the history of seats and chat; close the room instead

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return super().get_actions(request) if self.has_change_permission(request) else {}

    @admin.display(ordering="inside", description=_("inside now"))
    def inside(self, room: Any) -> int:
        return int(room.inside)

    @admin.display(description=_("state"))
    def state(self, room: Room) -> str:
        if room.deleted_at:
            return gettext("deleted")
        return gettext("closed") if room.closed_at else gettext("open")

    @admin.display(description=_("link"))
    def link(self, room: Room) -> str:
        return format_html('<a href="{0}">{0}</a>', room.get_absolute_url()) if room.pk else "-"

    @admin.display(description=_("seats"))
    def people(self, room: Room) -> str:
        url = reverse("admin:rooms_seat_changelist")
        return format_html('<a href="{}?room__id__exact={}">{}</a>', url, room.pk, gettext("all seats of this room"))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save a change through the service, which announces it to the people inside."""
        if not change:
            super().save_model(request, obj, form, change)
            return
        values = {name: form.cleaned_data[name] for name in form.changed_data if name in EDITABLE}
        change_room(room=obj, by=request.user, change=RoomChange(**values))

    @admin.action(description=_("Close room"))
    def close_rooms(self, request: HttpRequest, queryset: QuerySet[Room]) -> None:
        rooms = [room for room in queryset if room.is_open]
        for room in rooms:
            close_room(room=room, by=request.user)
        count = len(rooms)
        self._report(request, count, ngettext("%(count)d room was closed.", "%(count)d rooms were closed.", count))

    @admin.action(description=_("Reopen room"))
    def reopen_rooms(self, request: HttpRequest, queryset: QuerySet[Room]) -> None:
        rooms = [room for room in queryset if room.closed_at and not room.deleted_at]
        for room in rooms:
            reopen_room(room=room, by=request.user)
        count = len(rooms)
        self._report(request, count, ngettext("%(count)d room was reopened.", "%(count)d rooms were reopened.", count))


@admin.register(Seat)
class SeatAdmin(ReadOnlyAdmin, ReportingAdmin):
    """Seats, present and past. The only action is to remove people from their room."""

    list_display = ["nickname", "room", "present", "person", "role", "joined_at", "ended_at"]
    ordering = ["-joined_at"]
    list_filter = ["state", "reason", "role", "joined_at"]
    search_fields = ["nickname", "room__slug", "room__name", "user__email"]
    list_select_related = ["room", "user"]
    date_hierarchy = "joined_at"
    actions = ["remove_from_room"]
    fieldsets = [
        (None, {"fields": ["nickname", "room", "user", "role", "state", "reason"]}),
        (_("Switches"), {"fields": ["mic", "cam", "screen", "hand", "spotlight"]}),
        (_("Times"), {"fields": ["joined_at", "away_at", "ends_at", "ended_at"]}),
        (_("Where it is held"), {"fields": ["process", "socket", "attempt", "epoch", "rev"], "classes": ["collapse"]}),
    ]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        # Viewing history and acting on a live call are two permissions.
        return super().get_actions(request) if request.user.has_perm("rooms.change_seat") else {}

    @admin.display(description=_("account"))
    def person(self, seat: Seat) -> str:
        return seat.user.email if seat.user else gettext("guest")

    @admin.display(description=_("state"), ordering="state")
    def present(self, seat: Seat) -> str:
        if seat.state == Seat.State.ENDED:
            return str(seat.get_reason_display()).lower()
        return gettext("away") if seat.away_at else str(seat.get_state_display()).lower()

    @admin.action(description=_("Remove from room"))
    def remove_from_room(self, request: HttpRequest, queryset: QuerySet[Seat]) -> None:
        removed = 0
        for seat in queryset.filter(seats.NOT_ENDED | seats.resumable()):
            try:
                # Another chosen seat of the same person has ended already.
                removed += bool(remove_person(seat=seat, by=request.user))
            except Denied:
                owner_stays = gettext("%(name)s owns the room and cannot be removed; close the room instead.")
                self.message_user(request, owner_stays % {"name": seat.nickname}, messages.ERROR)
        words = ngettext("%(count)d person was removed.", "%(count)d people were removed.", removed)
        self._report(request, removed, words)


@admin.register(ChatMessage)
class ChatMessageAdmin(ReadOnlyAdmin):
    """Author, time and room of chat messages. The text is not shown: it is private to the people of the meeting."""

    list_display = ["sent_at", "nickname", "room", "is_private"]
    list_filter = ["sent_at"]
    search_fields = ["nickname", "room__slug", "room__name"]
    list_select_related = ["room"]
    fields = ["room", "nickname", "sent_at", "is_private"]

    @admin.display(boolean=True, description=_("private"))
    def is_private(self, line: ChatMessage) -> bool:
        return line.to_id is not None
