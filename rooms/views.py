"""Pages: home, joining by code, a person's rooms, and the room's page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.people import is_new, person_of_request
from config.ground.durations import duration_in_words
from rooms.forms import JoinForm, RoomForm, too_many_rooms
from rooms.models import Room
from rooms.models.codes import room_code
from rooms.protocol import ROOMS_PER_PAGE
from rooms.rules import access
from rooms.services.quotas import TooManyRooms
from rooms.services.room_lists import listed, nicknames_inside
from rooms.services.rooms import RoomChange, change_room, close_room, create_room, delete_room, reopen_room

HOME_ROOMS = 3

View = Callable[..., HttpResponse]


def post_or_redirect(otherwise: str) -> Callable[[View], View]:
    """Redirect requests that are not POST to the page ``otherwise``: sign-in and reloads may lead here by GET."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return view(request, *args, **kwargs) if request.method == "POST" else redirect(otherwise)

        return guarded

    return decorate


def _user(request: HttpRequest) -> User:
    """Return the signed-in user of a view with login_required."""
    return cast(User, request.user)


def _own_rooms(request: HttpRequest, number: str | None = None) -> Page[Room]:
    """Return one page of the user's list of rooms; the last one for a number beyond the end."""
    return Paginator(listed(request.user.pk), ROOMS_PER_PAGE).get_page(number)


def _rows_of(request: HttpRequest, rooms: Iterable[Room]) -> list[dict[str, Any]]:
    """Return the rows of a list of rooms: the room, the nicknames of the people inside, the invite link."""
    rooms = list(rooms)
    inside = nicknames_inside(room.pk for room in rooms)
    return [
        {"room": room, "people": inside[room.pk], "link": request.build_absolute_uri(room.get_absolute_url())}
        for room in rooms
    ]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return _home(request, JoinForm())


def _home(request: HttpRequest, form: JoinForm) -> HttpResponse:
    latest = [room for room in _own_rooms(request) if room.is_open][:HOME_ROOMS]
    rows = _rows_of(request, latest)
    return TemplateResponse(request, "home.html", {"form": form, "rows": rows})


@post_or_redirect(otherwise="home")
def join(request: HttpRequest) -> HttpResponse:
    """Redirect from a code or link to the room's page, which says whether there is such a room and throttles."""
    form = JoinForm(request.POST)
    if form.is_valid():
        return redirect("room", slug=form.cleaned_data["code"])
    return _home(request, form)


@require_safe
def room(request: HttpRequest, slug: str) -> HttpResponse:
    code = room_code(f"/r/{slug}/")
    if code and code != slug:
        return redirect("room", slug=code)
    address = request.META["REMOTE_ADDR"]
    try:
        found = None if _is_embedded(request) else access.open_room(slug, address)
    except access.TooManyUnknown:
        return _too_many(request, "rooms/too_many.html", access.unknown_retry_seconds(address))
    if found is None:
        return TemplateResponse(request, "rooms/gone.html", status=404)
    if is_new(request) and not access.note_new_guest(address):
        return _too_many(request, "rooms/too_many_guests.html", access.new_guest_retry_seconds(address))
    return TemplateResponse(request, "rooms/room.html", {"room": found, "config": _config(request, found)})


def _is_embedded(request: HttpRequest) -> bool:
    """Return whether another site's page asks, for an image, a frame or a script, instead of a person (W3C Fetch
    Metadata). Such a request shows nobody a room. If it were looked up, any page could spend its visitors' attempts.
    """
    by_another_site = request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site")
    return by_another_site and request.headers.get("Sec-Fetch-Dest") != "document"


def _too_many(request: HttpRequest, template: str, seconds: int) -> HttpResponse:
    """Return the page for what an address did too often; it reloads by itself when it may be tried once more."""
    response = TemplateResponse(request, template, {"time": duration_in_words(seconds)}, status=429)
    response.headers["Retry-After"] = response.headers["Refresh"] = str(seconds)
    return response


def _config(request: HttpRequest, room: Room) -> dict[str, Any]:
    """Return the configuration that the scripts of the room's page need before they connect."""
    person = person_of_request(request)
    return {
        "slug": room.slug,
        "name": room.title,
        "socket": f"/ws/r/{room.slug}/",
        "nickname": person.nickname,
        "link": request.build_absolute_uri(room.get_absolute_url()),
        "home": reverse("home"),
        "may_exceed_capacity": access.may_exceed_capacity(room, person),
    }


@post_or_redirect(otherwise="home")
@login_required
def room_new(request: HttpRequest) -> HttpResponse:
    """An instant room, straight to its green room."""
    try:
        return redirect(create_room(owner=_user(request), instant=True))
    except TooManyRooms as problem:
        messages.error(request, too_many_rooms(problem.limit))
        return redirect("rooms")


@login_required
@require_safe
def rooms(request: HttpRequest) -> HttpResponse:
    page = _own_rooms(request, request.GET.get("page"))
    return TemplateResponse(request, "rooms/list.html", {"rows": _rows_of(request, page), "page": page})


@login_required
def room_create(request: HttpRequest) -> HttpResponse:
    form = RoomForm(request.POST or None)
    if form.is_valid():
        try:
            create_room(owner=_user(request), **form.cleaned_data)
        except TooManyRooms as problem:
            form.add_error(None, too_many_rooms(problem.limit))
        else:
            messages.success(request, _("Your room is ready. Copy its invite link and send it to the others."))
            return redirect("rooms")
    return TemplateResponse(request, "rooms/form.html", {"form": form})


@login_required
def room_edit(request: HttpRequest, slug: str) -> HttpResponse:
    room = access.own_room(request.user, slug)
    form = RoomForm(request.POST or None, instance=room)
    if form.is_valid():
        change_room(room=room, by=request.user, change=RoomChange(**form.cleaned_data))
        messages.success(request, _("Saved."))
        return redirect("rooms")
    link = request.build_absolute_uri(room.get_absolute_url())
    return TemplateResponse(request, "rooms/form.html", {"form": form, "room": room, "link": link})


@post_or_redirect(otherwise="rooms")
@login_required
def room_close(request: HttpRequest, slug: str) -> HttpResponse:
    room = access.own_room(request.user, slug)
    close_room(room=room, by=request.user)
    sentence = _("“%(room)s” is closed. Nobody can enter until you open it again.")
    messages.success(request, sentence % {"room": room.title})
    return redirect("rooms")


@post_or_redirect(otherwise="rooms")
@login_required
def room_reopen(request: HttpRequest, slug: str) -> HttpResponse:
    room = access.own_room(request.user, slug)
    reopen_room(room=room, by=request.user)
    messages.success(request, _("“%(room)s” is open again. Its link works as before.") % {"room": room.title})
    return redirect("rooms")


@login_required
def room_delete(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for confirmation by GET, delete by POST."""
    room = access.own_room(request.user, slug)
    if request.method != "POST":
        return TemplateResponse(request, "rooms/confirm_delete.html", {"room": room})
    delete_room(room=room, by=request.user)
    messages.success(request, _("“%(room)s” is deleted.") % {"room": room.title})
    return redirect("rooms")
