"""Receivers for signals of accounts: the seats and sockets of a session end with it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.people import ensure_guest_id
from accounts.signals import sessions_ended
from rooms.services.sessions import end_sessions


@receiver(user_logged_in, dispatch_uid="rooms.ensure_session_has_guest_id")
def ensure_session_has_guest_id(*, request: HttpRequest, **_: Any) -> None:
    """Give the session a guest id, by which signing out ends the seats of this session alone."""
    ensure_guest_id(request)


@receiver(sessions_ended, dispatch_uid="rooms.end_sessions")
def end_meetings(*, user_id: int, session: str, but: str, **_: Any) -> None:
    end_sessions(user_id=user_id, session=session, but=but)
